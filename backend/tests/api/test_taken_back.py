"""Whoever gets an account back has it alone: what becomes of the tokens of tools."""

from tests.api.test_accounts import NEW_PASSWORD, said
from tests.api.test_sign_in import browser
from tests.support.server import PASSWORD, Client, RunningApp


async def new_token(client: Client) -> dict[str, str]:
    made = await client.http.post("/tokens", json={"name": "t", "scope": "full"})
    return {"Authorization": f"Bearer {made.raise_for_status().json()['token']}"}


async def test_a_link_from_the_owner_takes_the_tools_their_tokens_and_nobody_elses(
    idle_app: RunningApp, idle_client: Client
) -> None:
    anna = await idle_app.add_user("anna")
    anna_id = (await anna.http.get("/auth/me")).json()["id"]
    theirs, own = await new_token(anna), await new_token(idle_client)
    http = browser(idle_app)
    assert (await http.get("/lists", headers=theirs)).status_code == 200

    (await idle_client.http.post(f"/users/{anna_id}/link")).raise_for_status()

    assert said(await http.get("/lists", headers=theirs)) == (401, "unauthenticated")
    assert (await http.get("/lists", headers=own)).status_code == 200


async def test_a_password_from_the_terminal_takes_the_tools_their_tokens(
    idle_app: RunningApp, idle_client: Client
) -> None:
    token = await new_token(idle_client)

    async with idle_app.runtime.database.write() as unit:
        owner = await idle_app.runtime.auth.ensure_owner(unit)
        await idle_app.runtime.auth.set_password(unit, owner, NEW_PASSWORD)

    answer = await browser(idle_app).get("/lists", headers=token)
    assert said(answer) == (401, "unauthenticated")


async def test_a_password_that_one_changes_oneself_leaves_the_tools_their_tokens(
    idle_app: RunningApp, idle_client: Client
) -> None:
    token = await new_token(idle_client)

    body = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert (await idle_client.http.post("/auth/password", json=body)).status_code == 204

    assert (await browser(idle_app).get("/lists", headers=token)).status_code == 200
