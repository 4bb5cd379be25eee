"""The pictures of Assay's notebooks: one look, and few shapes."""

import textwrap
from typing import Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

INK, QUIET, LINE = "#2f3640", "#7d8793", "#d9dee4"
BLUE, GREEN, AMBER, RED = "#4a6f9c", "#6f9e88", "#d08c2e", "#b8584c"
SERIES = [BLUE, AMBER, GREEN, "#8c7aa9", RED, "#5aa0a8", "#a58b6f", QUIET]
SCORES = LinearSegmentedColormap.from_list(
    "scores", [(0.0, "#dd9a8c"), (0.6, "#edc3a0"), (0.9, "#f6e7bf"), (1.0, "#d5e6dc")]
)


def look() -> None:
    """The look of every picture that follows."""
    plt.rcParams.update(
        {
            "figure.facecolor": "white",
            "figure.dpi": 110,
            "figure.constrained_layout.use": True,
            "font.size": 10,
            "text.color": INK,
            "axes.edgecolor": LINE,
            "axes.labelcolor": QUIET,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "xtick.color": QUIET,
            "ytick.color": INK,
            "xtick.major.size": 0,
            "ytick.major.size": 0,
            "legend.frameon": False,
        }
    )
    pd.set_option("display.max_colwidth", 120, "display.precision", 2)


def cut(score: float) -> str:
    """A score as the terminal shows it: two digits, never rounded up to what was not reached."""
    if pd.isna(score):
        return "no score"
    return f"{np.floor(score * 100 + 1e-6) / 100:.2f}".rstrip("0").rstrip(".")


def axes(title: str, height: float, width: float = 9.5) -> Axes:
    figure, drawn = plt.subplots(figsize=(width, height))
    _title(figure, title)
    return drawn


def scores(daily: pd.DataFrame, last: int = 12) -> None:
    """A field per table and data date. A held run has a frame, a missing score is a gap."""
    dates = sorted(daily["data_date"].unique())[-last:]
    shown = daily[daily["data_date"].isin(dates)]
    values = shown.pivot(index="table_name", columns="data_date", values="score")
    held = shown.pivot(index="table_name", columns="data_date", values="held")
    ran = values.index[::-1]
    field = axes("Score by table and data date", 0.9 + 0.46 * len(ran), min(9.5, 4.4 + 0.9 * len(dates)))
    for row, table in enumerate(ran):
        for column, date in enumerate(dates):
            score = values.at[table, date]
            if pd.isna(held.at[table, date]):
                continue
            if pd.isna(score):
                field.text(column, row, "no\nscore", ha="center", va="center", color=QUIET, fontsize=8)
                continue
            stopped = bool(held.at[table, date])
            field.add_patch(
                plt.Rectangle(
                    (column - 0.46, row - 0.42),
                    0.92,
                    0.84,
                    facecolor=SCORES(score / 100),
                    edgecolor=RED if stopped else "none",
                    linewidth=1.8,
                )
            )
            text = cut(score) + ("\nheld" if stopped else "")
            field.text(column, row, text, ha="center", va="center", fontsize=9)
    field.set_xlim(-0.5, len(dates) - 0.5)
    field.set_ylim(-0.5, len(ran) - 0.5)
    field.set_xticks(range(len(dates)), [_day(date) for date in dates])
    field.set_yticks(range(len(ran)), ran)
    field.xaxis.tick_top()
    field.spines[:].set_visible(False)
    plt.show()


def history(runs: pd.DataFrame, table: str) -> None:
    """The score of one table over its data dates, with the coverage below."""
    figure, (upper, lower) = plt.subplots(2, 1, figsize=(9.5, 4.8), sharex=True, height_ratios=[4, 1])
    _title(figure, f"Score and coverage of {table}")
    dates, score = runs["data_date"], runs["score"]
    upper.plot(dates, score, color=BLUE, linewidth=2, marker="o", markersize=5)
    held = runs[runs["held"] & score.notna()]
    upper.plot(
        held["data_date"],
        held["score"],
        "D",
        markersize=9,
        markerfacecolor="white",
        color=RED,
        markeredgewidth=2,
    )
    for date in dates[score.isna()]:
        upper.text(date, 0.02, "no score", ha="center", color=QUIET, transform=upper.get_xaxis_transform())
    for _, run in held.iterrows():
        _label(upper, run["data_date"], run["score"], f"{cut(run['score'])}, held", RED, below=True)
    changed = score.dropna()
    for index in _worth_a_label(changed).difference(held.index):
        _label(upper, dates[index], changed[index], cut(changed[index]), INK)
    low = 100 if changed.empty else changed.min()
    upper.set_ylim(max(-4, low - 15), 107)
    upper.yaxis.set_major_locator(FixedLocator([tick for tick in range(0, 101, 20 if low < 70 else 10)]))
    upper.set_ylabel("score, % of weight")
    lower.set_ylabel("coverage, %")
    lower.fill_between(dates, runs["coverage"], color=LINE, linewidth=0)
    lower.plot(dates, runs["coverage"], color=QUIET, linewidth=1.5)
    lower.set_ylim(0, 110)
    lower.set_yticks([0, 100])
    _dates(lower, dates)
    plt.show()


def bars(values: pd.Series, title: str, colour: str = BLUE, places: int = 0) -> None:
    """A bar per entry, the first on top, each with its number. What is counted stands in the title."""
    if values.empty:
        return
    ordered = values[::-1].astype(float)
    names = [_short(str(name)) for name in ordered.index]
    drawn = axes(title, 0.7 + 0.36 * len(names) + 0.1 * sum("\n" in name for name in names))
    rows = np.arange(len(names))
    drawn.barh(rows, ordered, color=colour, height=0.66)
    drawn.set_yticks(rows, names)
    for row, value in zip(rows, ordered):
        text = f"{value:,.{places}f}"
        drawn.annotate(text, (max(value, 0), row), xytext=(5, 0), textcoords="offset points", va="center")
    drawn.set_xlim(0, max(ordered.max(), 1e-9) * 1.15)
    drawn.set_ylim(-0.5, len(names) - 0.5)
    drawn.xaxis.set_visible(False)
    drawn.spines[["bottom", "left"]].set_visible(False)
    plt.show()


def parts(table: pd.DataFrame, title: str, colours: dict) -> None:
    """A bar per row, cut into the columns, with the numbers in it and the names above."""
    ordered = table.iloc[::-1]
    drawn = axes(title, 1.2 + 0.36 * len(table))
    start = np.zeros(len(ordered))
    widest = float(ordered.sum(axis=1).max())
    for name, colour in colours.items():
        values = ordered[name].to_numpy(dtype=float)
        drawn.barh(
            [str(row) for row in ordered.index], values, left=start, color=colour, height=0.66, label=name
        )
        for row, value in enumerate(values):
            if value > 0 and value / widest > 0.02:
                drawn.text(
                    start[row] + value / 2, row, f"{value:,.0f}", ha="center", va="center", color="white"
                )
        start += values
    drawn.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=len(colours), handlelength=0.9, borderaxespad=0
    )
    drawn.set_ylim(-0.5, len(ordered) - 0.5)
    drawn.xaxis.set_visible(False)
    drawn.spines[["bottom", "left"]].set_visible(False)
    plt.show()


def over_time(table: pd.DataFrame, title: str, unit: str, colours: Sequence[str] = SERIES) -> None:
    """A column per data date, cut into the table's columns, which are named at its side."""
    if table.empty:
        return
    drawn = axes(title, 3.6)
    position = np.arange(len(table))
    bottom = np.zeros(len(table))
    named = []
    for index, name in enumerate(table.columns):
        values = table[name].to_numpy(dtype=float)
        colour = colours[index % len(colours)]
        drawn.bar(position, values, bottom=bottom, width=0.6, color=colour)
        if values.any():
            named.append((bottom[-1] + values[-1] / 2, name, colour))
        bottom += values
    top = max(1.0, bottom.max() * 1.12)
    step = max(1, len(table) // 12)
    for column, total in list(zip(position, bottom))[::-step]:
        drawn.annotate(
            f"{total:,.0f}", (column, total), xytext=(0, 4), textcoords="offset points", ha="center"
        )
    drawn.set_xticks(position[::-1][::step], [_day(date) for date in table.index[::-1][::step]])
    drawn.set_xlim(-0.5, len(table) - 0.5)
    drawn.set_ylim(0, top)
    drawn.set_ylabel(unit)
    drawn.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    drawn.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    height = -top
    for middle, name, colour in named:
        height = max(middle, height + top * 0.075)
        drawn.annotate(
            str(name),
            (1.01, height),
            xycoords=("axes fraction", "data"),
            va="center",
            color=colour,
            weight="bold",
        )
    plt.show()


def dots(table: pd.DataFrame, title: str, unit: str, colours: dict) -> None:
    """A row per category and a dot per entry. Columns: category, value, kind."""
    if table.empty:
        return
    names = sorted(table["category"].unique(), reverse=True)
    drawn = axes(title, 1.0 + 0.38 * len(names))
    for lane, (kind, colour) in enumerate(colours.items()):
        found = table[table["kind"].eq(kind)]
        rows = [names.index(name) + 0.22 * (lane - (len(colours) - 1) / 2) for name in found["category"]]
        drawn.scatter(found["value"], rows, s=40, color=colour, alpha=0.8, linewidth=0, label=kind)
    for between in range(len(names) - 1):
        drawn.axhline(between + 0.5, color=LINE, linewidth=0.8)
    drawn.set_yticks(range(len(names)), names)
    drawn.set_xlim(-0.02, 1.02)
    drawn.set_ylim(-0.5, len(names) - 0.5)
    drawn.set_xlabel(unit)
    drawn.spines["left"].set_visible(False)
    drawn.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=len(colours),
        handletextpad=0.1,
        borderaxespad=0,
        labelcolor="linecolor",
    )
    plt.show()


def _title(figure: Figure, title: str) -> None:
    figure.suptitle(title, x=0.005, ha="left", fontsize=12, fontweight="bold")


def _short(name: str) -> str:
    """On two lines at most."""
    lines = textwrap.wrap(name, 52)
    return "\n".join(lines[:2]) + (" …" if len(lines) > 2 else "")


def _worth_a_label(scores: pd.Series) -> pd.Index:
    """Every score that is not the one before it; of many the first, the lowest and the last."""
    if scores.empty:
        return scores.index
    ends = pd.Index([scores.index[0], scores.index[-1]])
    changes = scores.index[scores.diff().abs() >= 0.005]
    return ends.union(changes if len(scores) <= 12 else [scores.idxmin()])


def _day(date) -> str:
    return pd.Timestamp(date).strftime("%d %b").lstrip("0")


def _label(drawn: Axes, x, y: float, text: str, colour: str, below: bool = False) -> None:
    drawn.annotate(
        text, (x, y), xytext=(0, -18 if below else 9), textcoords="offset points", ha="center", color=colour
    )


def _dates(drawn: Axes, dates: pd.Series) -> None:
    shown = sorted(dates.unique())
    step = max(1, len(shown) // 12)
    drawn.set_xticks(shown[::step], [_day(date) for date in shown[::step]])
    margin = pd.Timedelta(hours=12)
    drawn.set_xlim(shown[0] - margin, shown[-1] + margin)
