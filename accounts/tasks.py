from datetime import timedelta

from django_tasks import task

from accounts import actions
from common.periodic import every


@task()
def send_letter(letter_id: int) -> bool:
    return actions.send_letter(letter_id)


@every(timedelta(minutes=10))
@task()
def look_after_letters() -> None:
    actions.look_after_letters()
