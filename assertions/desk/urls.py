"""The addresses of the desk."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from assertions.desk import bulk, index, queue, rules, worklists


def urls(wrap: Callable[..., Any]) -> list[URLPattern]:
    """Return the addresses of the desk; ``wrap`` lets staff in only."""
    # Imported here: their forms ask for the admin's site, which is made with these addresses.
    from articles import name_views, reprint_views
    from assertions.desk import questions, reading, statistics
    from assertions.desk.decision import handing
    from assertions.desk.decision import views as decision

    pages = [
        ("desk/next/", handing.next_item, "desk_next"),
        ("desk/undo/", handing.undo, "desk_undo"),
        ("desk/assertions/<slug:identifier>/", decision.decide, "desk_decide"),
        ("desk/assertions/<slug:identifier>/take/", handing.take, "desk_take"),
        ("desk/articles/<slug:slug>/", reading.read_article, "desk_article"),
        ("desk/", index.index, "desk"),
        ("desk/queue/", queue.queue_list, "desk_queue"),
        ("desk/queue/decide/", bulk.bulk, "desk_bulk"),
        ("desk/filters/keep/", queue.save_filter, "desk_filter_save"),
        ("desk/filters/<int:pk>/rename/", queue.rename_filter, "desk_filter_rename"),
        ("desk/filters/<int:pk>/delete/", queue.delete_filter, "desk_filter_delete"),
        ("desk/assertions/<slug:identifier>/give-back/", queue.release, "desk_release"),
        ("desk/rules/", rules.rules, "desk_rules"),
        ("desk/questions/", questions.questions, "desk_questions"),
        ("desk/questions/<slug:slug>/", questions.question, "desk_question"),
        ("desk/statistics/", statistics.statistics, "desk_statistics"),
        ("desk/names/", name_views.name_list, "desk_names"),
        ("desk/names/settle/", name_views.settle_name, "desk_name_settle"),
        ("desk/names/give/", name_views.give_name, "desk_name_give"),
        ("desk/names/passed/", name_views.passed_list, "desk_passed_names"),
        ("desk/names/passed/take-up/", name_views.take_up, "desk_name_take_up"),
        ("desk/reprints/", reprint_views.reprint_list, "desk_reprints"),
        ("desk/reprints/<int:pk>/", reprint_views.reprint_pair, "desk_reprint"),
        ("desk/reprints/<int:pk>/settle/", reprint_views.settle_reprint, "desk_reprint_settle"),
        ("desk/unsupported/", worklists.unsupported_list, "desk_unsupported"),
        ("desk/anchors/", worklists.anchor_list, "desk_anchors"),
        ("desk/anchors/<int:pk>/settle/", worklists.settle, "desk_settle"),
    ]
    return [path(route, wrap(view), name=name) for route, view, name in pages]
