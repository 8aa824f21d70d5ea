from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("news.shown", _("Let into the city feed"), _("Let into the city feed"))
    actions.register_action("news.declined", _("Keep out of the city feed"), _("Kept out of the city feed"))
    actions.register_action("news.pin", _("Pin"), _("Changed how long it stays on top"))
