"""Opening knowledge for a process: one database, one clock, all the rooms."""

from dataclasses import dataclass

from knowledge.alarms.operations import Alarms
from knowledge.assessment.operations import Assessments
from knowledge.audit.operations import Audit
from knowledge.callbacks.operations import Callbacks
from knowledge.chats.operations import Chats
from knowledge.clock import Clock, clock_from
from knowledge.contact.operations import Gate
from knowledge.conversations.operations import Conversations
from knowledge.coordinators.keys import Keys
from knowledge.coordinators.operations import Coordinators
from knowledge.coordinators.team import Team
from knowledge.database import Database
from knowledge.devices.operations import Devices
from knowledge.directory.editing import Editing
from knowledge.directory.operations import Directory
from knowledge.issuer.operations import Issued
from knowledge.marks.operations import Marks
from knowledge.presence.operations import Presence
from knowledge.processes.operations import Processes
from knowledge.retention.operations import Retention
from knowledge.teamwork.operations import Teamwork
from knowledge.workload.operations import Workload


@dataclass(frozen=True)
class Knowledge:
    """The rooms of knowledge, sharing one database and one clock."""

    database: Database
    clock: Clock
    conversations: Conversations
    assessments: Assessments
    coordinators: Coordinators
    keys: Keys
    issued: Issued
    team: Team
    audit: Audit
    chats: Chats
    directory: Directory
    editing: Editing
    teamwork: Teamwork
    marks: Marks
    alarms: Alarms
    gate: Gate
    presence: Presence
    callbacks: Callbacks
    devices: Devices
    workload: Workload
    retention: Retention
    processes: Processes


def open_knowledge(database_url: str, clock: Clock | None = None) -> Knowledge:
    """Everything a process needs to know and keep. Raises ValueError for a bad address."""
    database = Database(database_url)
    clock = clock or clock_from()
    directory, processes = Directory(database, clock), Processes(database)
    return Knowledge(
        database=database,
        clock=clock,
        conversations=Conversations(database, clock, processes.me),
        assessments=Assessments(database, clock),
        coordinators=Coordinators(database, clock),
        keys=Keys(database, clock),
        issued=Issued(database, clock),
        team=Team(database, clock),
        audit=Audit(database, clock),
        chats=Chats(database, clock),
        directory=directory,
        editing=Editing(database, clock, directory),
        teamwork=Teamwork(database, clock),
        marks=Marks(database, clock),
        alarms=Alarms(database, clock),
        gate=Gate(database, clock),
        presence=Presence(database, clock),
        callbacks=Callbacks(database, clock),
        devices=Devices(database, clock),
        workload=Workload(database, clock),
        retention=Retention(database, clock),
        processes=processes,
    )
