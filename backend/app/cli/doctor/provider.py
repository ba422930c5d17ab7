"""Is the provider there that people sign in at?"""

from collections.abc import AsyncIterator

from app.adapters.oidc_http import RETURN_PATH, OidcHttp
from app.cli.doctor.findings import Finding, State
from app.cli.words import plain, say
from app.core.errors import UpstreamFailed
from app.core.settings import Settings


async def provider(settings: Settings) -> AsyncIterator[Finding]:
    """Ask it what it says of itself, as the application would; nothing is found where there is none."""
    if not settings.oidc_issuer:
        return
    asked = OidcHttp(settings)
    where = plain(settings.oidc_issuer)
    try:
        await asked.check()
    except UpstreamFailed as failed:
        sentence = say("doctor_no_provider", url=where, reason=plain(failed.detail))
        yield Finding(State.BAD, sentence, say("doctor_no_provider_advice"))
    else:
        back = plain(settings.public_url + RETURN_PATH)
        yield Finding(State.GOOD, say("doctor_provider", url=where, back=back))
    finally:
        await asked.close()
