"""What people see of allauth's own words, where our pages and forms have none instead.

allauth has no Belarusian, and its Russian speaks like an office.
"""

from django.utils.translation import gettext_noop as noop
from django.utils.translation import pgettext_lazy

ERRORS = (
    noop("This account is currently inactive."),
    noop("You cannot remove your primary email address."),
    noop("This email address is already associated with this account."),
    noop("The email address and/or password you specified are not correct."),
    noop("A user is already registered with this email address."),
    noop("Please type your current password."),
    noop("Incorrect code."),
    noop("Incorrect password."),
    noop("Invalid or expired key."),
    noop("Invalid login."),
    noop("The password reset token was invalid."),
    noop("You cannot add more than %d email addresses."),
    noop("Too many failed login attempts. Try again later."),
    noop("The email address is not assigned to any user account."),
    noop("Your primary email address must be verified."),
    noop("Please select only one."),
    noop("The new value must be different from the current one."),
    noop("Be patient, you are sending too many requests."),
    noop("You must type the same password each time."),
    noop("You must type the same email each time."),
    noop("You cannot add an email address to an account protected by two-factor authentication."),
    noop("You cannot deactivate two-factor authentication."),
    noop("You cannot generate recovery codes without having two-factor authentication enabled."),
    noop("You cannot activate two-factor authentication until you have verified your email address."),
    noop(
        "An account already exists with this email address. Please sign in to that account first, then connect your "
        "%s account."
    ),
    noop("Invalid token."),
    noop("Your account has no password set up."),
    noop("Your account has no verified email address."),
    noop("You cannot disconnect your last remaining third-party account."),
    noop("The third-party account is already connected to a different account."),
)
FORMS = (
    noop("Email"),
    noop("Email address"),
    noop("Username"),
    pgettext_lazy("field label", "Login"),
    noop("Remember Me"),
    noop("Forgot your password?"),
    noop("Email (again)"),
    noop("Email address confirmation"),
    noop("Email (optional)"),
    noop("Password (again)"),
    noop("Current Password"),
    noop("New Password"),
    noop("New Password (again)"),
    noop("Authenticator code"),
    noop("Passwordless"),
    noop(
        "Enabling passwordless operation allows you to sign in using just this key, but imposes additional "
        "requirements such as biometrics or PIN protection."
    ),
    noop("Use your password"),
    noop("Use authenticator app or code"),
    noop("Use a security key"),
)
THINGS = (
    noop("Master key"),
    noop("Backup key"),
    noop("Key nr. {number}"),
    noop("TOTP Authenticator"),
    noop("WebAuthn"),
    noop("MFA"),
    noop("Accounts"),
    noop("Social Accounts"),
    noop("User Sessions"),
    noop("user"),
    noop("email address"),
    noop("email addresses"),
    noop("verified"),
    noop("primary"),
    noop("session key"),
    noop("email confirmation"),
    noop("email confirmations"),
    noop("provider"),
    noop("social account"),
    noop("social accounts"),
    noop("last login"),
    noop("date joined"),
)
PAGES = (
    noop("You are already logged in as %(user_display)s."),
    noop("Trust this Browser?"),
    noop(
        "If you choose to trust this browser, you will not be asked for a verification code the next time you sign in."
    ),
    noop("Don't Trust"),
)
