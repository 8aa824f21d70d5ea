from typing import Any

from pages.models import HomePage

HERO = {
    "title": "Чему хотите научиться?",
    "placeholder": "Английский, шитьё…",
    "links": [{"label": "С детьми", "page": None, "address": "/search/?q=дети"}],
    "note": "Библиотеки, вузы и мастерские в одном поиске.",
}
WEEK = {
    "title": "Каждую неделю",
    "slots": [
        {"weekday": day, "time": "18:00", "title": f"Занятие {day}", "place": "Роща", "price": price, "page": None}
        for day, price in (("mon", ""), ("wed", "300 ₽"), ("sun", ""))
    ],
}
CALL = {
    "label": "Кампания сети",
    "title": "Учите людей? Вступайте",
    "text": "Соглашение на две страницы.",
    "links": [{"label": "Подать заявку", "page": None, "address": "/join/"}],
    "picture": None,
}
FIGURES = {
    "title": "Город в цифрах",
    "figures": [{"number": "24", "label": "организации учат", "source": "Каталог сети, сегодня"}],
    "link": {"label": "Откуда числа", "page": None, "address": "/figures/"},
}
SECTIONS: dict[str, Any] = {
    "hero": HERO,
    "whats_on": WEEK,
    "news": {"title": "Новости сети"},
    "call_to_action": CALL,
    "partners": {"title": "Кто учит", "text": "Библиотеки и клубы."},
    "figures": FIGURES,
    "body": [{"type": "text", "value": "<p>Ещё несколько слов.</p>"}],
}


def fill_home(home: HomePage, *names: str, **changed: Any) -> HomePage:
    """Publishes these sections of the home page, all of them where none is named."""
    chosen = names or tuple(SECTIONS)
    home = HomePage.objects.get(pk=home.pk)
    home.body = HomePage._meta.get_field("body").to_python(
        [{"type": name, "value": (SECTIONS | changed)[name]} for name in chosen]
    )
    home.save_revision().publish()
    return HomePage.objects.get(pk=home.pk)
