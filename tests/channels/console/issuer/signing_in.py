"""The way of a browser to the issuer and back."""

import httpx

from channels.web.cookies import DESK as COOKIE

KIM = "kim@force.example"
BACK = "http://waymark.test/console/oidc/callback"


async def goes(browser: httpx.AsyncClient) -> str:
    """To the issuer and to where it sends the browser back."""
    out = await browser.get("/console/oidc/start")
    async with httpx.AsyncClient() as outside:
        return str((await outside.get(out.headers["location"])).headers["location"])


async def signs_in(browser: httpx.AsyncClient) -> httpx.Response:
    """The whole way; the answer at its end."""
    return await browser.get(await goes(browser))


async def is_refused(browser: httpx.AsyncClient) -> bool:
    """Whether a sign-in that goes the whole way lets nobody in."""
    browser.cookies.clear()
    answer = await signs_in(browser)
    return answer.status_code == 401 and COOKIE not in browser.cookies
