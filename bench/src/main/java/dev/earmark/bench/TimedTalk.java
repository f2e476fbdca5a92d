package dev.earmark.bench;

import dev.earmark.model.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A talk in Markdown whose turns have times and whose headings say what is spoken of.
 *
 * <p>The headings become questions, and are taken out of the text, so that they are not found
 * themselves.
 *
 * @param id names the talk
 * @param text the talk without its headings
 * @param headings what the headings said, and where
 */
record TimedTalk(String id, String text, List<Heading> headings) {
  private static final Pattern HEADING = Pattern.compile("^(#{1,6})\\s+(.*\\S)\\s*$");
  private static final Pattern STAMP = Pattern.compile("(?<!\\d)(\\d{1,2}):(\\d{2}):(\\d{2})");
  private static final int LONGEST_TURN_HEAD = 80;

  /** 150 words a minute. */
  static final long WORD_MS = 400;

  /** A heading and the stretch up to the next of its level. */
  record Heading(String title, TimeSpan span) {}

  private record Opened(String title, int level, long startMs) {}

  /** Reads a talk; one without times or headings has no headings in the result. */
  static TimedTalk read(String id, String markdown) {
    List<String> lines = markdown.lines().toList();
    StringBuilder text = new StringBuilder();
    List<Heading> headings = new ArrayList<>();
    List<Opened> open = new ArrayList<>();
    List<Opened> waiting = new ArrayList<>();
    int body = endOfFrontMatter(lines);
    long turnStart = -1;
    long wordsSince = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher heading = HEADING.matcher(line);
      if (i >= body && heading.matches() && !STAMP.matcher(line).find()) {
        waiting.add(new Opened(heading.group(2), heading.group(1).length(), -1));
        continue;
      }
      text.append(line).append('\n');
      if (i < body || line.isBlank()) {
        continue;
      }
      long stamp = stamp(line);
      long now = stamp >= 0 ? stamp : turnStart < 0 ? -1 : turnStart + wordsSince * WORD_MS;
      if (now >= 0) {
        for (Opened next : waiting) {
          close(open, next.level(), now, headings);
          open.add(new Opened(next.title(), next.level(), now));
        }
        waiting.clear();
      }
      if (stamp >= 0) {
        turnStart = stamp;
        wordsSince = 0;
      } else {
        wordsSince += line.split("\\s+").length;
      }
    }
    close(open, 1, Math.max(0, turnStart) + wordsSince * WORD_MS, headings);
    return new TimedTalk(id, text.toString(), headings);
  }

  /** Ends what is open at this level or below it. */
  private static void close(List<Opened> open, int level, long now, List<Heading> headings) {
    while (!open.isEmpty() && open.getLast().level() >= level) {
      Opened last = open.removeLast();
      if (now > last.startMs()) {
        headings.add(new Heading(last.title(), TimeSpan.ofMillis(last.startMs(), now)));
      }
    }
  }

  private static int endOfFrontMatter(List<String> lines) {
    if (lines.isEmpty() || !lines.getFirst().equals("---")) {
      return 0;
    }
    int end = lines.subList(1, lines.size()).indexOf("---");
    return end < 0 ? 0 : end + 2;
  }

  /** The time in a line that is the head of a turn, in milliseconds, or -1. */
  private static long stamp(String line) {
    Matcher stamp = STAMP.matcher(line);
    if (line.length() > LONGEST_TURN_HEAD || !stamp.find()) {
      return -1;
    }
    return 1000L
        * (Long.parseLong(stamp.group(1)) * 3600
            + Long.parseLong(stamp.group(2)) * 60
            + Long.parseLong(stamp.group(3)));
  }
}
