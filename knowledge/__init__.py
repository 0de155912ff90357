"""What Waymark knows and keeps. No chat and no HTTP live here; it imports no other room.

Rooms: ``conversations`` (threads and who holds them), ``assessment`` (what a person told us),
``coordinators`` (who may sign in), ``returning`` (phrases to come back with), ``directory``
(services), ``places`` (towns and postcodes).
``open_knowledge`` in ``knowledge.opening`` wires them for a process.
"""
