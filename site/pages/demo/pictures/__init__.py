"""Pictures of the demo city, painted on the spot: the same theme and seed always give the same picture.

No letters, no figures, no photographs: what a picture shows is said by `alt` in the reader's language.
"""

from collections.abc import Callable

from . import archive, desks, handiwork, kitchens, outdoors, rooms, stages
from .brush import HEIGHT, PAPER, WIDTH, Canvas

PAINTERS: dict[str, Callable[[Canvas], None]] = {
    "houses": outdoors.houses,
    "angara": outdoors.angara,
    "stars": outdoors.stars,
    "ski": outdoors.ski,
    "library": rooms.library,
    "workshop": rooms.workshop,
    "lecture": stages.lecture,
    "computers": rooms.computers,
    "radio": stages.radio,
    "choir": stages.choir,
    "bicycle": handiwork.bicycle,
    "chess": desks.chess,
    "garden": desks.garden,
    "bakery": kitchens.bakery,
    "microscope": desks.microscope,
    "tea": kitchens.tea,
    "playroom": kitchens.playroom,
    "clocks": handiwork.clocks,
    "sewing": handiwork.sewing,
    "archive": archive.archive,
}
THEMES = tuple(PAINTERS)
SIZE = (WIDTH, HEIGHT)

ALTS: dict[str, tuple[str, str, str]] = {
    "houses": (
        "Улица деревянных домов с резными наличниками, в окнах горит свет, идёт снег",
        "A street of wooden houses with carved window frames, lights on, snow falling",
        "Вуліца драўляных дамоў з разнымі ліштвамі, у вокнах гарыць святло, ідзе снег",
    ),
    "angara": (
        "Льдины на тёмной реке, мост с фонарями и низкое солнце, у кромки плывут утки",
        "Ice floes on a dark river, a bridge with lamps and a low sun, ducks at the edge",
        "Крыгі на цёмнай рацэ, мост з ліхтарамі і нізкае сонца, ля краю плывуць качкі",
    ),
    "stars": (
        "Трое у телескопа на холме под звёздным небом, над ними ковш Большой Медведицы",
        "Three people by a telescope on a hill under the stars, the Plough above them",
        "Трое ля тэлескопа на пагорку пад зорным небам, над імі коўш Вялікай Мядзведзіцы",
    ),
    "ski": (
        "Двое лыжников спускаются по лыжне среди заснеженных елей",
        "Two skiers come down a track among snowy firs",
        "Двое лыжнікаў спускаюцца па лыжні сярод заснежаных елак",
    ),
    "library": (
        "Книжные полки до потолка, настольная лампа и раскрытая книга, за окном ночь",
        "Bookshelves up to the ceiling, a desk lamp and an open book, night in the window",
        "Кніжныя паліцы да столі, настольная лямпа і раскрытая кніга, за акном ноч",
    ),
    "workshop": (
        "Верстак с рубанком и тисками, на стене развешан инструмент",
        "A workbench with a plane and a vice, tools hanging on the wall",
        "Варштат з гэблем і ціскамі, на сцяне развешаны інструмент",
    ),
    "lecture": (
        "Полный зал слушает лектора, рядом с экраном стоит переводчик жестового языка",
        "A full hall listens to a speaker, a sign language interpreter by the screen",
        "Поўная зала слухае лектара, побач з экранам стаіць перакладчык жэставай мовы",
    ),
    "computers": (
        "Трое за мониторами в компьютерном классе, на стене школьная доска",
        "Three people at their screens in a computer class, a blackboard on the wall",
        "Трое за маніторамі ў камп’ютарным класе, на сцяне школьная дошка",
    ),
    "radio": (
        "Студийный микрофон на столе, рядом наушники и пульт, от микрофона идут волны",
        "A studio microphone on a table with headphones and a mixer, waves around it",
        "Студыйны мікрафон на стале, побач навушнікі і пульт, ад мікрафона ідуць хвалі",
    ),
    "choir": (
        "Большой хор поёт, держа раскрытые ноты",
        "A large choir singing from open scores",
        "Вялікі хор спявае, трымаючы раскрытыя ноты",
    ),
    "bicycle": (
        "Велосипед с корзиной у кирпичной стены, рядом ящик с инструментом и насос",
        "A bicycle with a basket by a brick wall, a toolbox and a pump beside it",
        "Ровар з кошыкам ля цаглянай сцяны, побач скрыня з інструментам і помпа",
    ),
    "chess": (
        "Шахматная доска с начатой партией у окна, за окном лес",
        "A chess game in progress by a window that looks on a forest",
        "Шахматная дошка з пачатай партыяй ля акна, за акном лес",
    ),
    "garden": (
        "Рассада в горшках и лейка на подоконнике, за окном холмы и солнце",
        "Seedlings in pots and a watering can on a sill, hills and sun outside",
        "Расада ў гаршках і палівачка на падаконні, за акном пагоркі і сонца",
    ),
    "bakery": (
        "Пекарня: огонь в печи, хлеб на полках, на столе караваи и скалка",
        "A bakery: fire in the oven, bread on the shelves, loaves and a rolling pin on the table",
        "Пякарня: агонь у печы, хлеб на паліцах, на стале боханы і качалка",
    ),
    "microscope": (
        "Микроскоп, колбы и пробирки на столе, в круге — клетки под увеличением",
        "A microscope, flasks and test tubes on a table, enlarged cells in a circle",
        "Мікраскоп, колбы і прабіркі на стале, у крузе — клеткі пад павелічэннем",
    ),
    "tea": (
        "Самовар, чашки и пироги на клетчатой скатерти, за окном зима",
        "A samovar, cups and pies on a chequered cloth, winter in the window",
        "Самавар, кубкі і пірагі на клятчастым абрусе, за акном зіма",
    ),
    "playroom": (
        "Детская комната: башня из кубиков, лошадка-качалка и деревянный поезд на ковре",
        "A playroom: a tower of blocks, a rocking horse and a wooden train on the rug",
        "Дзіцячы пакой: вежа з кубікаў, конік-гушкалка і драўляны цягнік на дыване",
    ),
    "clocks": (
        "Стена с часами: напольные с маятником, круглые, будильник и часы с кукушкой",
        "A wall of clocks: one with a pendulum, a round one, an alarm clock, a cuckoo clock",
        "Сцяна з гадзіннікамі: падлогавы з маятнікам, круглы, будзільнік і гадзіннік з зязюляй",
    ),
    "sewing": (
        "Швейная машинка, ткань в горошек, ножницы, пуговицы и катушки на полках",
        "A sewing machine, dotted cloth, scissors, buttons and spools on shelves",
        "Швейная машынка, тканіна ў гарошак, нажніцы, гузікі і шпулькі на паліцах",
    ),
    "archive": (
        "Старые фотографии, письмо, лупа и фотоаппарат на деревянном столе",
        "Old photographs, a letter, a magnifying glass and a camera on a wooden table",
        "Старыя фотаздымкі, ліст, лупа і фотаапарат на драўляным стале",
    ),
}
LANGUAGES = ("ru", "en", "be")


def picture(theme: str, seed: str) -> bytes:
    """A JPEG of 1600 by 1000."""
    canvas = Canvas(PAPER, f"{theme}/{seed}")
    PAINTERS[theme](canvas)
    return canvas.jpeg()


def alt(theme: str, language: str) -> str:
    return ALTS[theme][LANGUAGES.index(language)]
