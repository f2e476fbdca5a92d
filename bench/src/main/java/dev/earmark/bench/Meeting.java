package dev.earmark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.model.TimeSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A meeting of QMSum (M. Zhong et al., <i>QMSum: a new benchmark for query-based multi-domain
 * meeting summarization</i>, 2021): turns, and questions with the turns that answer them.
 *
 * <p>Its turns have no times; each is given as long as its words take at 150 a minute.
 *
 * @param id names the meeting
 * @param turns in order
 * @param topics what is spoken of, and in which turns
 * @param questions what somebody asks, and which turns answer
 */
record Meeting(String id, List<Turn> turns, List<Asked> topics, List<Asked> questions) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** What one person says in a row. */
  record Turn(String speaker, String text, TimeSpan span) {}

  /** A question or topic, a short answer if there is one, and the numbers of its turns. */
  record Asked(String text, String answer, BitSet turns) {}

  static Meeting read(String id, Path file) throws IOException {
    JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
    List<Turn> turns = new ArrayList<>();
    long at = 0;
    for (JsonNode turn : json.get("meeting_transcripts")) {
      // What stands in braces was not said: {vocalsound}, {disfmarker}, {gap}.
      String text =
          turn.get("content").asText().replaceAll("\\{[^}]*}", " ").replaceAll("\\s+", " ").strip();
      long end = at + (text.isEmpty() ? 0 : text.split(" ").length) * TimedTalk.WORD_MS;
      turns.add(new Turn(turn.get("speaker").asText(), text, TimeSpan.ofMillis(at, end)));
      at = end;
    }
    return new Meeting(
        id,
        turns,
        asked(json.get("topic_list"), "topic", turns.size()),
        asked(json.get("specific_query_list"), "query", turns.size()));
  }

  private static List<Asked> asked(JsonNode list, String name, int turns) {
    List<Asked> all = new ArrayList<>();
    for (JsonNode one : list) {
      BitSet right = new BitSet(turns);
      for (JsonNode span : one.get("relevant_text_span")) {
        int from = span.get(0).asInt();
        right.set(from, Math.max(from, Math.min(turns, span.get(1).asInt() + 1)));
      }
      if (!right.isEmpty()) {
        all.add(new Asked(one.get(name).asText(), one.path("answer").asText(), right));
      }
    }
    return all;
  }

  /** The meeting as captions, a cue a turn. */
  String webVtt() {
    StringBuilder vtt = new StringBuilder("WEBVTT\n");
    for (Turn turn : turns) {
      if (!turn.text().isEmpty()) {
        vtt.append('\n')
            .append(stamp(turn.span().startMs()))
            .append(" --> ")
            .append(stamp(turn.span().endMs()))
            .append("\n<v ")
            .append(escaped(turn.speaker()))
            .append('>')
            .append(escaped(turn.text()))
            .append('\n');
      }
    }
    return vtt.toString();
  }

  private static String stamp(long ms) {
    return "%02d:%02d:%02d.%03d"
        .formatted(ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The turns that are spoken, at least in part, within a stretch. */
  List<Integer> turnsWithin(TimeSpan span) {
    int low = 0;
    int high = turns.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (turns.get(middle).span().endMs() <= span.startMs()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    List<Integer> within = new ArrayList<>();
    for (int i = low; i < turns.size() && turns.get(i).span().startMs() < span.endMs(); i++) {
      within.add(i);
    }
    return within;
  }

  /** The stretches that some turns fill. */
  List<TimeSpan> spans(BitSet some) {
    List<TimeSpan> spans = new ArrayList<>();
    for (int from = some.nextSetBit(0); from >= 0; ) {
      int to = some.nextClearBit(from);
      spans.add(
          TimeSpan.ofMillis(turns.get(from).span().startMs(), turns.get(to - 1).span().endMs()));
      from = some.nextSetBit(to);
    }
    return spans;
  }
}
