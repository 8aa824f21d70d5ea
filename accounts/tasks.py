from django_tasks import task

from accounts import actions


@task()
def send_letter(letter_id: int) -> bool:
    return actions.send_letter(letter_id)
