"""The Block Kit validator accepts what Slack's own Python models build."""

from collections.abc import Sequence

import pytest
from slack_sdk.models import blocks as kit
from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks.basic_components import DispatchActionConfig, SlackFile
from slack_sdk.models.blocks.block_elements import FileInputElement, InputInteractiveElement
from slack_sdk.models.views import View

from sandbox.blockkit import check_blocks, check_view

OPTION = kit.Option(text="First", value="1", description="The first one")
SECOND = kit.Option(text="Second", value="2")
CONFIRM = kit.ConfirmObject(title="Sure?", text="It stays", confirm="Yes", deny="No", style="danger")
IMAGE = kit.ImageElement(image_url="https://example.com/a.png", alt_text="A desk")
GROUP = kit.OptionGroup(label="Some", options=[OPTION, SECOND])
PARTS = kit.RichTextElementParts
WORDS = PARTS.Text(text="Hi", style=PARTS.TextStyle(bold=True))
RICH = kit.RichTextBlock(
    elements=[
        kit.RichTextSectionElement(
            elements=[
                WORDS,
                PARTS.User(user_id="U1"),
                PARTS.Channel(channel_id="C1"),
                PARTS.UserGroup(usergroup_id="S1"),
                PARTS.Emoji(name="wave", skin_tone=2),
                PARTS.Link(url="https://example.com", text="there"),
                PARTS.Date(timestamp=1720710212, format="{date_num} at {time}", fallback="then"),
                PARTS.Broadcast(range="here"),
                PARTS.Color(value="#FFFFFF"),
                PARTS.Team(team_id="T1"),
            ],
        ),
        kit.RichTextListElement(style="bullet", indent=1, elements=[kit.RichTextSectionElement(elements=[WORDS])]),
        kit.RichTextQuoteElement(elements=[WORDS]),
        kit.RichTextPreformattedElement(elements=[WORDS]),
    ],
)
BUTTON = kit.ButtonElement(
    text="Go", action_id="go", value="v", style="primary", confirm=CONFIRM, accessibility_label="Go"
)
CARD = kit.CardBlock(title="Ana", subtitle="Designer", body="Hello", hero_image=IMAGE, actions=[BUTTON])
TASK = kit.TaskCardBlock(
    task_id="t1",
    title="Read",
    status="complete",
    details=RICH,
    sources=[kit.UrlSourceElement(url="https://example.com", text="Guide")],
)

MENUS: Sequence[InputInteractiveElement] = [
    kit.StaticSelectElement(placeholder="Pick", action_id="a", options=[OPTION, SECOND], initial_option=SECOND),
    kit.StaticSelectElement(placeholder="Pick", action_id="a", option_groups=[GROUP], confirm=CONFIRM),
    kit.StaticMultiSelectElement(placeholder="Pick", action_id="a", options=[OPTION], max_selected_items=1),
    kit.ExternalDataSelectElement(placeholder="Pick", action_id="a", min_query_length=2),
    kit.ExternalDataMultiSelectElement(placeholder="Pick", action_id="a", initial_options=[OPTION]),
    kit.UserSelectElement(placeholder="Pick", action_id="a", initial_user="U1"),
    kit.UserMultiSelectElement(placeholder="Pick", action_id="a", initial_users=["U1"]),
    kit.ConversationSelectElement(
        placeholder="Pick", action_id="a", filter=kit.ConversationFilter(include=["im"], exclude_bot_users=True)
    ),
    kit.ConversationMultiSelectElement(placeholder="Pick", action_id="a", default_to_current_conversation=True),
    kit.ChannelSelectElement(placeholder="Pick", action_id="a", response_url_enabled=True),
    kit.ChannelMultiSelectElement(placeholder="Pick", action_id="a", initial_channels=["C1"]),
    kit.CheckboxesElement(action_id="a", options=[OPTION, SECOND], initial_options=[OPTION]),
    kit.RadioButtonsElement(action_id="a", options=[OPTION, SECOND], initial_option=OPTION, focus_on_load=True),
    kit.DatePickerElement(action_id="a", placeholder="Day", initial_date="2026-11-22"),
    kit.TimePickerElement(action_id="a", placeholder="Time", initial_time="08:45", timezone="Asia/Manila"),
    kit.DateTimePickerElement(action_id="a", initial_date_time=1628633820),
    kit.RichTextInputElement(action_id="a", placeholder="Write", initial_value=RICH),
]
FIELDS: Sequence[InputInteractiveElement] = [
    kit.PlainTextInputElement(
        action_id="a",
        placeholder="Write",
        multiline=True,
        min_length=1,
        max_length=300,
        dispatch_action_config=DispatchActionConfig(trigger_actions_on=["on_enter_pressed"]),
    ),
    kit.EmailInputElement(action_id="a", placeholder="Address"),
    kit.UrlInputElement(action_id="a", placeholder="Link"),
    kit.NumberInputElement(action_id="a", is_decimal_allowed=True, min_value="0", max_value="1.5"),
    FileInputElement(action_id="a", filetypes=["pdf"], max_files=3),
]
ROWS: list[list[kit.RawTextObject | kit.RawNumberObject | kit.RichTextBlock]] = [
    [kit.RawTextObject(text="Who"), kit.RawTextObject(text="Hours")],
    [RICH, kit.RawNumberObject(value=4.5, text="4.5 h")],
]

BLOCKS: Sequence[kit.Block] = [
    kit.DividerBlock(),
    kit.HeaderBlock(text="Welcome", block_id="top"),
    kit.SectionBlock(text="*Hello*", accessory=BUTTON),
    kit.SectionBlock(fields=["One", kit.PlainTextObject(text="Two", emoji=True)], expand=True),
    kit.SectionBlock(text="Hi", accessory=IMAGE),
    kit.SectionBlock(text="Hi", accessory=kit.OverflowMenuElement(action_id="more", options=[OPTION, SECOND])),
    kit.ContextBlock(elements=[IMAGE, kit.MarkdownTextObject(text="_small_", verbatim=True)]),
    kit.ActionsBlock(elements=[BUTTON, kit.LinkButtonElement(text="Read", url="https://example.com", action_id="b")]),
    kit.ImageBlock(image_url="https://example.com/a.png", alt_text="A desk", title="Desk"),
    kit.ImageBlock(slack_file=SlackFile(id="F1"), alt_text="A desk"),
    kit.VideoBlock(
        alt_text="A tour",
        title="Tour",
        thumbnail_url="https://example.com/t.png",
        video_url="https://example.com/v",
    ),
    RICH,
    kit.MarkdownBlock(text="# Hello"),
    kit.FileBlock(external_id="F1"),
    kit.TableBlock(
        rows=ROWS,
        column_settings=[kit.TableBlockColumnSettings(is_wrapped=True), kit.TableBlockColumnSettings(align="right")],
    ),
    kit.ContextActionsBlock(
        elements=[
            kit.FeedbackButtonsElement(
                action_id="f",
                positive_button=kit.FeedbackButtonObject(text="Good", value="1"),
                negative_button=kit.FeedbackButtonObject(text="Bad", value="0"),
            ),
            kit.IconButtonElement(action_id="i", icon="trash", text="Delete", visible_to_user_ids=["U1"]),
        ],
    ),
    CARD,
    kit.CarouselBlock(elements=[CARD]),
    kit.ContainerBlock(title="Box", child_blocks=[kit.HeaderBlock(text="In")], width="wide", is_collapsible=True),
    TASK,
    kit.PlanBlock(title="Today", tasks=[TASK]),
    *[kit.ActionsBlock(elements=[menu]) for menu in MENUS],
    *[kit.InputBlock(label="Fill in", hint="Any", optional=True, element=one) for one in [*MENUS, *FIELDS]],
]


def sent(block: JsonObject) -> object:
    """Turn a model into the JSON the SDK's client would send."""
    return block.to_dict()


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.type)
def test_models_are_accepted_in_messages(block: kit.Block) -> None:
    assert check_blocks([sent(block)], "message") == []


def test_models_are_accepted_in_views() -> None:
    words = kit.InputBlock(label="Fill in", element=FIELDS[0])
    alert = kit.AlertBlock(text="Careful", level="warning")
    modal = View(type="modal", title="Hello", submit="Save", close="Cancel", blocks=[words, alert], callback_id="c")
    assert check_view(sent(modal)) == []
    assert check_view(sent(View(type="home", blocks=[kit.HeaderBlock(text="Home")]))) == []
