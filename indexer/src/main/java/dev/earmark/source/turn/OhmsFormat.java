package dev.earmark.source.turn;

import com.google.auto.service.AutoService;
import dev.earmark.model.Cue;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.Formats;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.ChapterList;
import dev.earmark.source.episode.LanguageNames;
import dev.earmark.source.syntax.JsonValues;
import dev.earmark.source.syntax.XmlHead;
import dev.earmark.source.time.Times;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * A record of the Oral History Metadata Synchronizer (OHMS): what the interview is, an index of
 * segments with a time, and a transcript.
 *
 * <p>The transcript is in lines; {@code sync} says, for every so many minutes, in which line and at
 * which word of it that minute begins: {@code 1:|38(11)|55(3)} puts minute 1 at word 11 of line 38.
 * What lies between gets its share. A newer record has the transcript as WebVTT. Points of the
 * index are chapters, with the synopsis as their text and the keywords as topics.
 *
 * @see <a href="https://www.oralhistoryonline.org/documentation/">OHMS documentation</a>
 */
@AutoService(SourceFormat.class)
public final class OhmsFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "ohms",
          "interview record of OHMS, with its index and its transcript",
          "XML with a record of OHMS: index points, a transcript, sync");

  private static final Pattern SYNC = Pattern.compile("(\\d{1,7})(?:\\((\\d{1,7})\\))?");
  private static final Pattern SPEAKER =
      Pattern.compile("(\\p{Lu}[\\p{L}'’. -]{1,40}):\\s+(?=\\S)");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String head = source.head();
    String first = XmlHead.firstElement(head);
    String name = first.substring(first.indexOf(':') + 1);
    if (!name.equals("ROOT") && !name.equals("record")) {
      return Recognition.NO;
    }
    boolean named = head.contains("nunncenter/ohms") || head.contains("/ohms\"");
    boolean parts = source.text().contains("<sync>") || source.text().contains("<index>");
    return named
        ? Recognition.CERTAIN
        : parts && head.contains("<record") ? Recognition.CERTAIN : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    XmlHead.refuseLongNames(source.text());
    Document document = Jsoup.parse(source.text(), Parser.xmlParser());
    Element record = document.getElementsByTag("record").first();
    if (record == null) {
      throw new SourceException(0, "nothing to read: a record is needed");
    }
    EpisodeFields fields = fields(record);
    List<Cue> cues = new ArrayList<>();
    List<Moment> moments = new ArrayList<>(index(record, problems));
    String vtt = text(record, "vtt_transcript");
    if (vtt.startsWith("WEBVTT")) {
      cues.addAll(
          Formats.byId("vtt")
              .orElseThrow()
              .read(RawSource.ofText(source.name(), vtt), problems)
              .cues());
    } else {
      Turns turns = new Turns(problems);
      transcript(record, turns);
      if (!turns.isEmpty()) {
        turns.into(cues, moments, fields.durationMs());
      }
    }
    if (cues.isEmpty() && moments.isEmpty()) {
      throw new SourceException(0, "nothing to read: a transcript or an index is needed");
    }
    return new ParsedSource(fields, cues, moments);
  }

  private static String text(Element parent, String tag) {
    for (Element child : parent.children()) {
      if (child.tagName().equals(tag)) {
        return child.wholeText().strip();
      }
    }
    return "";
  }

  private static EpisodeFields fields(Element record) {
    EpisodeFields.Builder fields =
        EpisodeFields.builder()
            .title(text(record, "title"))
            .show(text(record, "series_name"))
            .description(text(record, "description"))
            .language(LanguageNames.tag(text(record, "language")));
    long duration = JsonValues.fromText(text(record, "duration"));
    fields.durationMs(duration > 0 ? duration : null);
    for (Element child : record.children()) {
      switch (child.tagName()) {
        case "date" -> fields.date(date(child));
        case "interviewee" -> fields.speaker(name(child), "interviewee");
        case "interviewer" -> fields.speaker(name(child), "interviewer");
        default -> {
          // Says nothing that an episode has a place for.
        }
      }
    }
    return fields.build();
  }

  /** {@code Quist, Ada} as it is said. */
  private static @Nullable String name(Element element) {
    String[] parts = element.text().strip().split(",", 3);
    String name = parts.length == 2 ? parts[1].strip() + " " + parts[0].strip() : element.text();
    return name.isBlank() ? null : name.strip();
  }

  private static @Nullable LocalDate date(Element date) {
    String value = date.hasAttr("value") ? date.attr("value") : date.text();
    try {
      return LocalDate.parse(value.strip());
    } catch (DateTimeException noWholeDate) {
      return null;
    }
  }

  private static List<Moment> index(Element record, ProblemLog problems) {
    ChapterList chapters = new ChapterList(problems);
    Map<String, String> keywords = new HashMap<>();
    for (Element point : record.getElementsByTag("point")) {
      String title = text(point, "title");
      String synopsis = text(point, "synopsis");
      chapters.add(
          JsonValues.fromText(text(point, "time")),
          Times.NONE,
          title,
          synopsis.isEmpty() ? null : synopsis,
          0);
      keywords.merge(title, text(point, "keywords"), (a, b) -> a + ";" + b);
    }
    List<Moment> moments = new ArrayList<>();
    for (Moment chapter : chapters.moments()) {
      Moment.Builder with = chapter.toBuilder();
      for (String keyword : keywords.getOrDefault(String.valueOf(chapter.title()), "").split(";")) {
        if (!keyword.isBlank()) {
          with.topic(keyword.strip());
        }
      }
      moments.add(with.build());
    }
    return moments;
  }

  /** A word of a line at which a minute begins. */
  private record Stamp(int word, long atMs) {}

  private static Map<Integer, List<Stamp>> stamps(String sync) {
    Map<Integer, List<Stamp>> stamps = new HashMap<>();
    int colon = sync.indexOf(':');
    String minutes = colon < 0 ? "" : sync.substring(0, colon).strip();
    if (!minutes.matches("\\d{1,3}")) {
      return stamps;
    }
    long interval = Long.parseLong(minutes) * 60_000;
    int count = 0;
    for (String entry : sync.substring(colon + 1).split("\\|")) {
      Matcher place = SYNC.matcher(entry.strip());
      if (place.matches()) {
        count++;
        int line = Integer.parseInt(place.group(1));
        int word = place.group(2) == null ? 1 : Integer.parseInt(place.group(2));
        stamps
            .computeIfAbsent(line, one -> new ArrayList<>())
            .add(new Stamp(Math.max(0, word - 1), count * interval));
      }
    }
    return stamps;
  }

  private static void transcript(Element record, Turns turns) {
    String transcript = "";
    for (Element child : record.children()) {
      if (child.tagName().equals("transcript")) {
        transcript = child.wholeText();
      }
    }
    Map<Integer, List<Stamp>> stamps = stamps(text(record, "sync"));
    Paragraph paragraph = new Paragraph(turns, !stamps.isEmpty());
    int number = 0;
    for (String line : (Iterable<String>) transcript.lines()::iterator) {
      number++;
      if (line.isBlank()) {
        paragraph.end();
      }
      Matcher speaker = SPEAKER.matcher(line.strip());
      String rest = line.strip();
      int skipped = 0;
      if (speaker.lookingAt()) {
        paragraph.end();
        paragraph.speaker = speaker.group(1).strip();
        skipped = speaker.group().strip().split("\\s+").length;
        rest = rest.substring(speaker.end());
      }
      String[] words = rest.isEmpty() ? new String[0] : rest.split("\\s+");
      List<Stamp> its = stamps.getOrDefault(number, List.of());
      int next = 0;
      for (int word = 0; word < words.length; word++) {
        while (next < its.size() && its.get(next).word() <= word + skipped) {
          paragraph.stamp(its.get(next++).atMs());
        }
        paragraph.text.append(paragraph.text.isEmpty() ? "" : " ").append(words[word]);
      }
      while (next < its.size()) {
        paragraph.stamp(its.get(next++).atMs());
      }
    }
    paragraph.end();
  }

  /** A paragraph in the making; a stamp within it ends one piece of it and begins the next. */
  private static final class Paragraph {
    private final Turns turns;
    private final StringBuilder text = new StringBuilder();
    private @Nullable String speaker;
    private long startMs;

    Paragraph(Turns turns, boolean timed) {
      this.turns = turns;
      // The transcript begins with the recording.
      this.startMs = timed ? 0 : Times.NONE;
    }

    void stamp(long atMs) {
      end();
      startMs = atMs;
    }

    void end() {
      if (!text.isEmpty()) {
        turns.paragraph(speaker, startMs, text.toString(), 0);
        text.setLength(0);
        startMs = Times.NONE;
      }
    }
  }
}
