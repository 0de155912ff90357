"""The composition root of the channels process: one application, its parts wired once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from channels.alerting.watch import Watch
from channels.alive import Alive, Job
from channels.announcing import announce_when_ready
from channels.assistant import Assistant, RasaAssistant
from channels.bell import Bell
from channels.calling_back import CallingBack
from channels.console import (
    account_joining,
    account_lock,
    account_own,
    account_people,
    account_trace,
    alarm_doors,
    alert_pages,
    callback_doors,
    directory_pages,
    figures_pages,
    hold,
    issuer_pages,
    letter_doors,
    talk_pages,
)
from channels.console import api as console_api
from channels.console import pages as console_pages
from channels.console import talk_api as console_talk_api
from channels.first_coordinator import make_first
from channels.floods import Floods
from channels.help import Help
from channels.issuer import Issuer
from channels.keeping import Keeping
from channels.lifelines import Lifelines
from channels.parts import Parts
from channels.reception import Reception
from channels.second_look import SecondLook
from channels.settings import Settings
from channels.talk import Looking, Typing
from channels.telegram import webhook
from channels.telegram.service import Telegram
from channels.waiting import Waiting
from channels.web import (
    api_docs,
    chat_api,
    chat_page,
    delete_page,
    directory_api,
    health,
    help_pages,
    language_page,
    leaving,
    look,
    notes_page,
    privacy_page,
    provider_page,
    return_page,
    talk_api,
    understood,
)
from channels.web.cookies import NewNames
from channels.web.headers import SafeHeaders
from channels.web.hosts import Hosts
from channels.web.hub import Hub
from channels.web.lighter import Lighter
from channels.web.problems import add_problems
from channels.wires import Wires
from channels.words import Words
from knowledge.clock import clock_from
from knowledge.garbage import settle_down
from knowledge.opening import open_knowledge
from knowledge.returning.operations import Returning

HERE = Path(__file__).parent
FINISHES_WITHIN = 8.0  # seconds for the answers under way when the process is told to stop


def create_app(settings: Settings, assistant: Assistant | None = None) -> FastAPI:
    """The application, wired for these settings; tests bring an assistant of their own."""
    parts = wire(settings, assistant)
    app = FastAPI(
        title="Waymark",
        description="The chat and the co-ordinators' desk.",
        version="1",
        lifespan=_lifespan,
        docs_url=None,  # its script would come from elsewhere; api_docs.py has its own page
        redoc_url=None,
    )
    app.state.parts = parts
    add_problems(app)
    account_lock.add_doors(app)
    app.add_exception_handler(provider_page.Closed, provider_page.closed)
    if settings.desk_url:
        app.add_middleware(Hosts, desk_url=settings.desk_url)
    app.add_middleware(Lighter)
    app.add_middleware(
        SafeHeaders, framed_by=settings.frame_ancestors, https=settings.secure_cookies
    )
    if settings.secure_cookies:
        app.add_middleware(NewNames, settings=settings)
    for router in (
        chat_api.router,
        directory_api.router,
        console_api.router,
        hold.router,
        console_talk_api.router,
        talk_api.router,
        health.router,
        chat_page.router,
        language_page.router,
        leaving.router,
        look.router,
        webhook.router,
        help_pages.router,
        return_page.router,
        notes_page.router,
        privacy_page.router,
        understood.router,
        delete_page.router,
        api_docs.router,
        console_pages.router,
        talk_pages.router,
        directory_pages.router,
        account_lock.router,
        account_own.router,
        account_people.router,
        account_joining.router,
        issuer_pages.router,
        account_trace.router,
        alarm_doors.router,
        alarm_doors.pages_router,
        callback_doors.router,
        callback_doors.pages_router,
        letter_doors.router,
        letter_doors.pages_router,
        alert_pages.router,
        figures_pages.router,
        provider_page.router,
    ):
        app.include_router(router)
    app.mount("/static/chat", StaticFiles(directory=HERE / "static"))
    app.mount("/static/desk", StaticFiles(directory=HERE.parent / "console" / "static"))
    return app


def wire(settings: Settings, assistant: Assistant | None = None) -> Parts:
    """All parts of the process, sharing one database, one clock and one bell."""
    knowledge = open_knowledge(settings.database_url, clock_from(settings.clock))
    assistant = assistant or RasaAssistant(
        settings.assistant_urls,
        settings.assistant_token,
        patience=settings.assistant_patience,
    )
    bell = Bell()
    reception = Reception(knowledge.conversations, assistant, Words.load(), Lifelines.load(), bell)
    floods = Floods(off=settings.limits == "off", redis_url=settings.redis_url)
    words = Words.load()
    reception.calling_back = CallingBack(knowledge, words)
    watch, waiting = Watch(settings, knowledge, bell), Waiting(knowledge, words, bell)
    telegram = (
        Telegram(settings, knowledge, reception, bell, floods) if settings.telegram_token else None
    )
    shown = Help.load(knowledge.directory.services)
    hub = Hub.load(settings.hub)
    returning = Returning(knowledge.database, knowledge.clock, settings.return_key)
    issuer = Issuer.of(settings)
    typing, looking = Typing(), Looking()
    url = settings.redis_url
    wires = Wires(url, bell, typing=typing, looking=looking) if url else None
    return Parts(
        settings,
        knowledge,
        assistant,
        reception,
        bell,
        floods,
        shown,
        returning,
        hub,
        watch,
        waiting,
        telegram,
        typing,
        issuer,
        looking,
        wires,
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    parts: Parts = app.state.parts
    first = await make_first(parts.knowledge.coordinators, parts.settings)
    alive = Alive(parts.knowledge.processes, parts.reception, parts.bell, _jobs(parts))
    await alive.start()
    if parts.wires is not None:
        await parts.wires.start()
    async with (
        parts.knowledge.directory.kept_fresh(),
        announce_when_ready(parts, first),
    ):
        settle_down()
        yield
    await alive.stop()
    await parts.reception.stop(FINISHES_WITHIN)
    await alive.leave()
    if parts.wires is not None:
        await parts.wires.stop()
    await parts.floods.close()
    await parts.watch.close()
    await parts.assistant.close()
    await parts.knowledge.database.close()


def _jobs(parts: Parts) -> dict[str, Job]:
    """What one process does for all."""
    jobs: dict[str, Job] = {
        "clocks": parts.watch,
        "company": parts.waiting,
        "second look": SecondLook(
            parts.knowledge.conversations, parts.knowledge.alarms, parts.assistant, parts.bell
        ),
        "keeping": Keeping(parts.knowledge.retention, parts.reception),
        "forgetting": parts.reception.forgetting,
    }
    return {**jobs, "telegram": parts.telegram} if parts.telegram else jobs
