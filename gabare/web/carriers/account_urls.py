"""Signing in and out under French addresses, with allauth's names and without any password."""

from django.urls import path

from gabare.web.carriers import account, passkeys

urlpatterns = [
    path("", account.home, name="account_home"),
    path("entrer/", account.enter, name="account_login"),
    path("code/", account.confirm, name="account_confirm_login_code"),
    path("sortir/", account.leave, name="account_logout"),
    path("inactif/", account.inactive, name="account_inactive"),
    path("confirmer/", account.prove, name="account_reauthenticate"),
    path("confirmer/code/", account.prove_again, name="account_reauthenticate_code"),
    path("cles/", passkeys.keys, name="mfa_list_webauthn"),
    path("cles/ajouter/", passkeys.add, name="mfa_add_webauthn"),
    path("cles/<int:pk>/retirer/", passkeys.remove, name="mfa_remove_webauthn"),
    path("cles/entrer/", passkeys.enter, name="mfa_login_webauthn"),
]
