from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("partners.create", _("Partner joined"), _("Partner joined the network"))
    actions.register_action("partners.trust", _("Change trust"), _("Changed what the partner may do at once"))
    actions.register_action("partners.archive", _("Archive partner"), _("Archived the partner"))
