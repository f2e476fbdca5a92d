package dev.earmark.bench;

import java.util.List;
import java.util.Optional;

/** What the figures of a report are meant to reach, beside what they are. */
final class Goals {
  private static final String SEARCHING = "Searching, ms";
  private static final String FLOOR = "p50 Earmark / floor";
  private static final String CAPTIONS = "p50 FTS5 / Earmark";
  private static final String HTTP = "Over HTTP";
  private static final String PAGES = "The largest pages";
  private static final String HOSTILE = "The dearest";

  /**
   * Something to reach.
   *
   * @param table how its title begins
   * @param least whether the figure is to be this at least; else at most
   */
  private record Goal(
      String what, String table, String row, String column, boolean least, double figure) {}

  private static final String TURNS = "Turns of meetings, words and meaning";
  private static final String VAL = "val: both";

  private static final List<Goal> ALL =
      List.of(
          least(
              "indexing, of the floor's words a second",
              "Indexing",
              "Earmark / floor",
              "words/s",
              .8),
          most("index, times the floor's bytes", "Indexing", "Earmark / floor", "bytes/word", 2),
          most("index, times FTS5's bytes", "Indexing", "Earmark / FTS5", "bytes/word", 1),
          most("a term, times the floor", SEARCHING, Ask.Kind.TERM.title, FLOOR, 2),
          most("all of two, times the floor", SEARCHING, Ask.Kind.ALL_OF_TWO.title, FLOOR, 2),
          most("any of four, times the floor", SEARCHING, Ask.Kind.ANY_OF_FOUR.title, FLOOR, 2),
          most("a phrase, times the floor", SEARCHING, Ask.Kind.PHRASE.title, FLOOR, 2),
          least("a term, FTS5 takes times as long", SEARCHING, Ask.Kind.TERM.title, CAPTIONS, 10),
          least(
              "any of four, FTS5 takes times as long",
              SEARCHING,
              Ask.Kind.ANY_OF_FOUR.title,
              CAPTIONS,
              10),
          least("val, recall at 1/6", TURNS, VAL, "recall at 1/6", .68),
          least("val, recall at 1/3", TURNS, VAL, "recall at 1/3", .84),
          least("val, hit@1", TURNS, VAL, "hit@1", .58),
          least("val, MRR", TURNS, VAL, "MRR", .67),
          most("over HTTP, worst p99, ms", HTTP, HttpMeasure.WORST, "p99 ms", 10),
          least(
              "over HTTP, of the rate of bare Lucene behind a server",
              HTTP,
              HttpMeasure.WORST,
              "a second / floor",
              .5),
          most("the page of a speaker, ms", PAGES, "a speaker, moments", "first ms", 300),
          most("the page of a show, ms", PAGES, "a show, episodes", "first ms", 300),
          most("the page of an episode, ms", PAGES, "an episode, moments", "first ms", 300),
          most("trends of a common word, ms", PAGES, "trends of a word, moments", "first ms", 150),
          most("nothing changed, seconds", "Changes", ChangeMeasure.NOTHING, "seconds", 2),
          most("one episode added, seconds", "Changes", ChangeMeasure.ONE, "seconds", 1),
          most("a cold search, ms", "Start", StartCommand.SEARCH, "median", 700),
          most("smallest heap, MB", "Smallest heap", "serve", "MB", 512),
          most("the dearest request, s of a processor", HOSTILE, HttpMeasure.WORST, "again s", 1),
          most("indexing ten times as much, times", "Growing", "large / small", "seconds", 10),
          most(
              "a term in ten times as much, times",
              "Searching, p50",
              Ask.Kind.TERM.title,
              "large / small",
              10),
          most(
              "a phrase in ten times as much, times",
              "Searching, p50",
              Ask.Kind.PHRASE.title,
              "large / small",
              10));

  private Goals() {}

  private static Goal least(String what, String table, String row, String column, double figure) {
    return new Goal(what, table, row, column, true, figure);
  }

  private static Goal most(String what, String table, String row, String column, double figure) {
    return new Goal(what, table, row, column, false, figure);
  }

  /** Adds a table of all goals that the report has figures for, if there are any. */
  static void compare(Report report) {
    List<Goal> measured = ALL.stream().filter(goal -> figure(report, goal).isPresent()).toList();
    if (measured.isEmpty()) {
      return;
    }
    List<Double> figures = measured.stream().map(goal -> figure(report, goal).orElse(0.)).toList();
    Report.Table table = report.table("Goals", "measured", "at least", "at most", "reached");
    for (int i = 0; i < figures.size(); i++) {
      Goal goal = measured.get(i);
      double figure = figures.get(i);
      boolean reached = goal.least ? figure >= goal.figure : figure <= goal.figure;
      table.row(
          goal.what,
          figure,
          goal.least ? goal.figure : Double.NaN,
          goal.least ? Double.NaN : goal.figure,
          reached ? 1 : 0);
    }
  }

  /** The figure of the last table that has it: where there are several sizes, of the largest. */
  private static Optional<Double> figure(Report report, Goal goal) {
    return report.tables().reversed().stream()
        .filter(table -> table.title().startsWith(goal.table))
        .map(table -> table.figure(goal.row, goal.column))
        .flatMap(Optional::stream)
        .findFirst();
  }
}
