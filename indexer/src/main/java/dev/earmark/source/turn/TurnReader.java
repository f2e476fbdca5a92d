package dev.earmark.source.turn;

import dev.earmark.model.Cue;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.Speaker;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import dev.earmark.source.episode.FrontMatter;
import dev.earmark.source.episode.LanguageNames;
import dev.earmark.source.head.TurnHead;
import dev.earmark.source.syntax.MarkdownText;
import dev.earmark.source.time.Times;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a transcript written as text or Markdown, whatever marks its turns: front matter, headings,
 * paragraphs, and the beginnings of turns that {@link TurnHead} knows.
 *
 * <p>A paragraph without a name goes on with the speaker before it. {@code Name: words} without a
 * time is taken for a turn if the name comes more than once or the document names it elsewhere, so
 * that a sentence with a colon stays one.
 */
public final class TurnReader {
  private final RawSource source;
  private final ProblemLog problems;
  private final Turns turns;
  private final Set<String> names = new HashSet<>();
  private final StringBuilder paragraph = new StringBuilder();
  private @Nullable String speaker;
  private long stampMs = Times.NONE;
  private int line;

  private TurnReader(RawSource source, ProblemLog problems) {
    this.source = source;
    this.problems = problems;
    this.turns = new Turns(problems);
  }

  public static ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    return new TurnReader(source, problems).read();
  }

  private ParsedSource read() throws SourceException {
    List<String> lines = source.lines();
    FrontMatter front = FrontMatter.of(lines, problems);
    EpisodeFields fields =
        front
            .fields()
            .orElse(
                EpisodeFields.builder().language(LanguageNames.ofFileName(source.name())).build());
    findNames(lines.subList(front.lines(), lines.size()), fields);
    if (front.transcript() && fields.speakers().size() == 1 && names.isEmpty()) {
      speaker = fields.speakers().getFirst().name();
    }
    for (int i = front.lines(); i < lines.size(); i++) {
      line(lines.get(i), i + 1);
    }
    flush();
    if (stampMs >= 0) {
      turns.paragraph(speaker, stampMs, "", lines.size());
    }
    if (turns.isEmpty()) {
      if (front.lines() == 0) {
        throw new SourceException(1, "there is no text in this document");
      }
      problems.notice("no-text", 0, "there is nothing below the front matter", null);
    }
    List<Cue> cues = new ArrayList<>();
    List<Moment> moments = new ArrayList<>();
    turns.into(cues, moments, fields.durationMs());
    return new ParsedSource(fields, cues, moments);
  }

  /** Finds the names that begin turns: those with a time, in bold, repeated, or already known. */
  private void findNames(List<String> lines, EpisodeFields fields) {
    Set<String> known = new HashSet<>();
    for (Speaker each : fields.speakers()) {
      known.add(Words.fold(each.name()));
    }
    Map<String, Integer> counts = new HashMap<>();
    for (String each : lines) {
      TurnHead head = TurnHead.of(each);
      if (head != null && head.speaker() != null) {
        boolean sure = head.style() != TurnHead.Style.PLAIN;
        String name = Words.fold(head.speaker());
        counts.merge(name, sure || known.contains(name) ? 2 : 1, Integer::sum);
      }
    }
    counts.forEach((name, count) -> {
      if (count > 1) {
        names.add(name);
      }
    });
  }

  private void line(String text, int number) {
    if (text.isBlank()) {
      flush();
      return;
    }
    TurnHead head = TurnHead.of(text);
    String headSpeaker = head == null ? null : head.speaker();
    if (head != null && (headSpeaker == null || names.contains(Words.fold(headSpeaker)))) {
      begin(head, number);
      return;
    }
    int level = headingLevel(text);
    if (level > 0) {
      flush();
      String title = text.substring(level).strip();
      TurnHead inside = TurnHead.of(title);
      if (inside != null && inside.hasStamp()) {
        begin(inside, number);
      } else {
        turns.heading(level, MarkdownText.plain(title), number);
      }
    } else {
      if (paragraph.isEmpty()) {
        line = number;
      } else {
        paragraph.append('\n');
      }
      paragraph.append(text);
    }
  }

  private void begin(TurnHead head, int number) {
    flush();
    if (stampMs >= 0) {
      // A break: a time, and nothing said.
      turns.paragraph(speaker, stampMs, "", number);
    }
    String name = head.speaker();
    String rest = head.rest();
    if (name != null && isQuestionOrAnswer(name)) {
      speaker = null;
      rest = name + ": " + rest;
    } else if (name != null) {
      speaker = name;
    }
    stampMs = head.stampMs();
    if (head.untilMs() >= 0) {
      turns.paragraph(speaker, stampMs, "", number);
      stampMs = head.untilMs();
    }
    line = number;
    paragraph.append(rest);
  }

  private static boolean isQuestionOrAnswer(String name) {
    return name.equals("Q") || name.equals("A");
  }

  private void flush() {
    if (!paragraph.isEmpty()) {
      String text = MarkdownText.plain(paragraph.toString());
      if (!text.isEmpty()) {
        turns.paragraph(speaker, stampMs, text, line);
        stampMs = Times.NONE;
      }
      paragraph.setLength(0);
    }
  }

  /** The level of a heading such as {@code ## Topic}; 0 if the line is none. */
  public static int headingLevel(String line) {
    int level = 0;
    while (level < line.length() && line.charAt(level) == '#') {
      level++;
    }
    return level > 0 && level < 7 && level < line.length() && line.charAt(level) == ' ' ? level : 0;
  }
}
