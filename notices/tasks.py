from datetime import timedelta

from django_tasks import task

from common.periodic import every
from notices import mailing


@every(timedelta(minutes=1))
@task()
def send_letters() -> int:
    return mailing.send_due()


@every(timedelta(days=1))
@task()
def forget_old() -> None:
    mailing.forget_old()
