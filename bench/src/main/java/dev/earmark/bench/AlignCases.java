package dev.earmark.bench;

import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.EpisodeInput;
import dev.earmark.corpus.EpisodeReader;
import dev.earmark.corpus.SourceDocument;
import dev.earmark.corpus.SourceInput;
import dev.earmark.corpus.SourceRef;
import dev.earmark.model.Anchor;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeMap;
import dev.earmark.model.TimeSpan;
import dev.earmark.text.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes cases whose answers are known: untimed documents about timed recordings.
 *
 * <p>Headings of talks and summaries of meetings are what somebody wrote; their times are taken
 * away. For quotes and transcripts, of which the corpora have no second version, an {@link Editor}
 * makes one, and a {@link Digest} stands for recordings of which nothing else is timed. Every other
 * recording is for tuning, the rest for reporting.
 */
final class AlignCases {
  static final String QUOTE = "quotes, ordinary editing";
  static final String JOINED = "quotes of two places";
  static final String HEAVY = "quotes, heavy editing";
  static final String TRANSCRIPT = "transcript to transcript";
  static final String REWRITTEN = "transcript, heavy editing";
  static final String EXTRACT = "sections: extracts";
  static final String MEETING = "sections: summaries of meetings";
  static final String NOTES = "notes without headings: the same";
  static final String LOOSE = "takeaways in any order: the same";
  static final String TOPIC = "topics of meetings";
  static final String HEADING = "chapters: headings of talks";
  static final String MEETING_DIGEST = "summaries of meetings, by a digest";
  static final String HEADING_DIGEST = "headings of talks, by a digest";

  private static final int QUOTES = 20;
  private static final int SHORTEST_QUOTE = 8;
  private static final int SHORTEST_REWRITTEN = 4;
  private static final int LONGEST_PARAGRAPH = 180;
  private static final double ORDINARY = 1;
  private static final double A_LOT = 5;

  private final Path corpora;
  private final int half;

  /** Whether a kind of case has nothing but a digest that is timed. */
  static boolean isByDigest(String kind) {
    return kind.equals(MEETING_DIGEST) || kind.equals(HEADING_DIGEST);
  }

  /**
   * @param half 0 for the recordings to tune on, 1 for those to report
   */
  AlignCases(Path corpora, int half) {
    this.corpora = corpora;
    this.half = half;
  }

  /** The words of a recording and when each is said. */
  private record Speech(SourceDocument source, List<String> words, long[] startMs) {
    static Speech of(SourceDocument source) {
      List<String> words = new ArrayList<>();
      List<Long> starts = new ArrayList<>();
      for (Moment moment : source.moments()) {
        TimeMap times = moment.times();
        Words split = Words.of(moment.text());
        for (int i = 0; times != null && i < split.count(); i++) {
          words.add(split.word(i));
          starts.add(times.startOf(i));
        }
      }
      return new Speech(source, words, starts.stream().mapToLong(i -> i).toArray());
    }
  }

  /** Quotes and transcripts made from every so many captions. */
  List<AlignCase> edited(int every) throws IOException {
    List<AlignCase> cases = new ArrayList<>();
    List<Path> files = files(corpora.resolve("talkpython"), ".vtt");
    for (int i = half * every / 2; i < files.size(); i += every) {
      Speech speech = Speech.of(source(files.get(i), Files.readAllBytes(files.get(i))));
      if (speech.words().size() < 2_000) {
        continue;
      }
      Editor editor = new Editor(i, ORDINARY);
      Editor rewriter = new Editor(i, A_LOT);
      String id = "captions-" + i;
      cases.add(quotes(QUOTE, id, speech, editor, SHORTEST_QUOTE));
      cases.add(quotes(HEAVY, id, speech, rewriter, SHORTEST_REWRITTEN));
      cases.add(joined(id, speech, editor));
      cases.add(transcript(TRANSCRIPT, id, speech, editor));
      cases.add(transcript(REWRITTEN, id, speech, rewriter));
      cases.add(extracts(id, speech, editor));
    }
    return cases;
  }

  private static AlignCase quotes(
      String kind, String id, Speech speech, Editor editor, int shortest) {
    List<Moment> moments = new ArrayList<>();
    List<AlignCase.@Nullable Truth> truths = new ArrayList<>();
    for (int q = 0; q < QUOTES; q++) {
      int length = shortest + editor.pick(33);
      int from = editor.pick(speech.words().size() - length);
      Editor.Edited edited = editor.edit(speech.words(), from, from + length);
      if (edited.origins().length > 0) {
        moments.add(Moment.builder(Kind.QUOTE, edited.text()).build());
        truths.add(truth(speech, edited.origins()));
      }
    }
    return AlignCase.of(kind, id, speech.source(), moments, truths);
  }

  private static AlignCase joined(String id, Speech speech, Editor editor) {
    List<Moment> moments = new ArrayList<>();
    List<AlignCase.@Nullable Truth> truths = new ArrayList<>();
    for (int q = 0; q < QUOTES; q++) {
      int length = 8 + editor.pick(12);
      int gap = 10 + editor.pick(200);
      int from = editor.pick(speech.words().size() - 2 * length - gap);
      Editor.Edited first = editor.edit(speech.words(), from, from + length);
      Editor.Edited second =
          editor.edit(speech.words(), from + length + gap, from + 2 * length + gap);
      if (first.origins().length > 0) {
        moments.add(Moment.builder(Kind.QUOTE, first.text() + "… " + second.text()).build());
        truths.add(truth(speech, first.origins()));
      }
    }
    return AlignCase.of(JOINED, id, speech.source(), moments, truths);
  }

  private static AlignCase transcript(String kind, String id, Speech speech, Editor editor) {
    List<Moment> moments = new ArrayList<>();
    List<AlignCase.@Nullable Truth> truths = new ArrayList<>();
    int size = speech.words().size();
    int to;
    for (int from = 0; from < size; from = to) {
      to = Math.min(size, from + 1 + editor.pick(LONGEST_PARAGRAPH));
      if (editor.pick(25) == 0) {
        // Cut, as the breaks for adverts are.
        continue;
      }
      Editor.Edited edited = editor.edit(speech.words(), from, to);
      if (edited.origins().length > 0) {
        moments.add(
            Moment.builder(Kind.SEGMENT, edited.text()).continues(!moments.isEmpty()).build());
        truths.add(truth(speech, edited.origins()));
      }
    }
    return AlignCase.of(kind, id, speech.source(), moments, truths);
  }

  private static AlignCase extracts(String id, Speech speech, Editor editor) {
    List<Moment> moments = new ArrayList<>();
    List<AlignCase.@Nullable Truth> truths = new ArrayList<>();
    int size = speech.words().size();
    for (int from = 0; from + 400 < size; ) {
      int to = Math.min(size, from + 500 + editor.pick(1_000));
      StringBuilder text = new StringBuilder();
      for (int sentence = 0; sentence < 4; sentence++) {
        int start = from + editor.pick(Math.max(1, to - from - 30));
        for (int i = start; i < start + 30; i++) {
          // Half the words, and none in the form of a quotation.
          if (editor.pick(2) == 0) {
            text.append(speech.words().get(i)).append(' ');
          }
        }
      }
      String title = "Part " + (moments.size() + 1);
      moments.add(Moment.builder(Kind.CHAPTER, text.toString()).title(title).build());
      long end = to < size ? speech.startMs()[to] : speech.startMs()[size - 1];
      truths.add(new AlignCase.Truth(speech.startMs()[from], end, null));
      from = to;
    }
    return AlignCase.of(EXTRACT, id, speech.source(), moments, truths);
  }

  private static AlignCase.Truth truth(Speech speech, int[] origins) {
    long[] words = new long[origins.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = speech.startMs()[origins[i]];
    }
    return new AlignCase.Truth(words[0], words[words.length - 1], words);
  }

  /** Questions and short answers about parts of meetings that follow each other. */
  List<AlignCase> meetings() throws IOException {
    List<AlignCase> cases = new ArrayList<>();
    List<Path> files = files(corpora.resolve("qmsum"), ".json");
    for (int i = half; i < files.size(); i += 2) {
      Meeting meeting = Meeting.read("meeting-" + i, files.get(i));
      List<Moment> moments = new ArrayList<>();
      List<AlignCase.@Nullable Truth> truths = new ArrayList<>();
      record Section(Meeting.Asked asked, TimeSpan span) {}
      List<Section> sections = new ArrayList<>();
      for (Meeting.Asked asked : meeting.questions()) {
        List<TimeSpan> spans = meeting.spans(asked.turns());
        if (spans.size() == 1) {
          sections.add(new Section(asked, spans.getFirst()));
        }
      }
      // Questions about overlapping parts of a meeting are no sections; of those the shorter is
      // one.
      sections.sort(Comparator.comparingLong((Section section) -> section.span().endMs()));
      long end = 0;
      for (Section section : sections) {
        if (section.span().startMs() < end) {
          continue;
        }
        end = section.span().endMs();
        moments.add(
            Moment.builder(Kind.CHAPTER, section.asked().answer())
                .title(section.asked().text())
                .build());
        truths.add(new AlignCase.Truth(section.span().startMs(), section.span().endMs(), null));
      }
      SourceDocument timed =
          source(Path.of("meeting.vtt"), meeting.webVtt().getBytes(StandardCharsets.UTF_8));
      cases.add(topics(meeting, timed));
      if (!moments.isEmpty()) {
        cases.add(AlignCase.of(MEETING, meeting.id(), timed, moments, truths));
        cases.add(AlignCase.of(MEETING_DIGEST, meeting.id(), Digest.of(timed), moments, truths));
        cases.add(AlignCase.of(NOTES, meeting.id(), timed, as(Kind.NOTE, moments), truths));
        cases.add(
            AlignCase.of(
                LOOSE,
                meeting.id(),
                timed,
                as(Kind.TAKEAWAY, moments).reversed(),
                truths.reversed()));
      }
    }
    return cases;
  }

  private static AlignCase topics(Meeting meeting, SourceDocument timed) {
    List<Moment> moments = new ArrayList<>();
    List<AlignCase.@Nullable Truth> truths = new ArrayList<>();
    for (Meeting.Asked topic : meeting.topics()) {
      List<TimeSpan> spans = meeting.spans(topic.turns());
      if (spans.size() == 1) {
        moments.add(Moment.builder(Kind.TERM, topic.text()).build());
        TimeSpan span = spans.getFirst();
        truths.add(new AlignCase.Truth(span.startMs(), span.endMs(), null));
      }
    }
    return AlignCase.of(TOPIC, meeting.id(), timed, moments, truths);
  }

  private static List<Moment> as(Kind kind, List<Moment> moments) {
    return moments.stream()
        .map(moment -> Moment.builder(kind, moment.body()).title(moment.title()).build())
        .toList();
  }

  /** The headings of talks, without their times. */
  List<AlignCase> talks() throws IOException {
    List<AlignCase> cases = new ArrayList<>();
    int number = 0;
    for (Path file : files(corpora.resolve("bitcoin"), ".md")) {
      TimedTalk talk = TimedTalk.read("talk-" + number, Files.readString(file));
      if (talk.headings().isEmpty() || number++ % 2 != half) {
        continue;
      }
      List<TimedTalk.Heading> headings = new ArrayList<>(talk.headings());
      headings.sort(Comparator.comparing((TimedTalk.Heading heading) -> heading.span().start()));
      List<Moment> moments = new ArrayList<>();
      List<AlignCase.@Nullable Truth> truths = new ArrayList<>();
      for (TimedTalk.Heading heading : headings) {
        moments.add(Moment.builder(Kind.CHAPTER, "").title(heading.title()).build());
        truths.add(new AlignCase.Truth(heading.span().startMs(), heading.span().endMs(), null));
      }
      SourceDocument timed =
          source(Path.of("talk.md"), talk.text().getBytes(StandardCharsets.UTF_8));
      boolean placed =
          timed.moments().stream()
              .anyMatch(moment -> !(moment.anchor() instanceof Anchor.Unplaced));
      if (placed) {
        cases.add(AlignCase.of(HEADING, talk.id(), timed, moments, truths));
        cases.add(AlignCase.of(HEADING_DIGEST, talk.id(), Digest.of(timed), moments, truths));
      }
    }
    return cases;
  }

  private static SourceDocument source(Path file, byte[] bytes) throws IOException {
    String name = String.valueOf(file.getFileName());
    SourceInput input =
        new SourceInput(List.of(new SourceRef.Given(name, name, bytes)), null, "en");
    EpisodeDocument document =
        EpisodeReader.read(
            new EpisodeInput(name, name, "", null, EpisodeFields.NONE, List.of(input)));
    if (document.sources().isEmpty()) {
      throw new IOException(file + " cannot be read: " + document.problems());
    }
    return document.sources().getFirst();
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
