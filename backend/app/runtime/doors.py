"""The other doors, as the settings say."""

from app.core.database import Database
from app.core.settings import Settings
from app.services.accounts.flows import Flows
from app.services.accounts.identity_provider import IdentityProvider
from app.services.accounts.keys import InstallationSecrets
from app.services.accounts.other_doors import OtherDoors
from app.services.auth_service import AuthService


def open_doors(
    settings: Settings, database: Database, keys: InstallationSecrets, auth: AuthService
) -> OtherDoors:
    """Make them; nobody is asked for anything before somebody wants to come in.

    Args:
        settings: From the environment.
        database: Migrated.
        keys: The installation's.
        auth: The ways that are always there.
    """
    return OtherDoors(
        auth=auth,
        flows=Flows(keys.jwt_key),
        settings=settings,
        database=database,
        provider=_provider(settings) if settings.oidc_issuer else None,
    )


def _provider(settings: Settings) -> IdentityProvider:
    # Few have one, and all would wait for what it brings along.
    from app.adapters.oidc_http import OidcHttp  # noqa: PLC0415

    return OidcHttp(settings)
