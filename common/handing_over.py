"""Handing a letter to the mail server, and what is known afterwards."""

import logging
import smtplib
from enum import Enum

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger("learning_city.mail")

TEMPORARY = range(400, 500)


class Outcome(Enum):
    TAKEN = "taken"
    NOT_NOW = "not now"  # the server said so, and may take it later
    REFUSED = "refused"  # for good
    UNKNOWN = "unknown"  # perhaps it was taken, perhaps not


def hand_over(connection: BaseEmailBackend, message: EmailMessage) -> Outcome:
    """Raises OSError where the server could not be reached: then nothing has left."""
    message.connection = connection
    connection.open()
    try:
        message.send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as refused:
        codes = _codes(refused)
        logger.warning("letter refused", extra={"codes": codes})
        return Outcome.NOT_NOW if all(code in TEMPORARY for code in codes) else Outcome.REFUSED
    except OSError as error:
        logger.warning("letter lost: %s", type(error).__name__)
        connection.close()
        return Outcome.UNKNOWN
    return Outcome.TAKEN


def _codes(refused: Exception) -> list[int]:
    if isinstance(refused, smtplib.SMTPRecipientsRefused):
        return [code for code, _words in refused.recipients.values()]
    return [refused.smtp_code] if isinstance(refused, smtplib.SMTPResponseException) else []
