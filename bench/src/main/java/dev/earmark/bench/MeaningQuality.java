package dev.earmark.bench;

import dev.earmark.index.Indexer;
import dev.earmark.index.lucene.LuceneIndexSink;
import dev.earmark.index.lucene.MomentEmbedding;
import dev.earmark.index.lucene.VectorStore;
import dev.earmark.schema.Schema;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.SearchRequest.Mode;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.search.rank.RankingParameters;
import dev.earmark.vector.EmbeddingProgress;
import dev.earmark.vector.TextEmbedder;
import dev.earmark.vector.TextEmbedderProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** What is found by words, by meaning, and by both. */
final class MeaningQuality {
  private static final String PARAPHRASES = "paraphrases.tsv";

  private MeaningQuality() {}

  /**
   * Measures.
   *
   * @param folder of the model; null for the one that comes along, which alone is asked of val
   */
  static Report report(
      QualityData data,
      Workspace workspace,
      @Nullable Path folder,
      RankingParameters parameters,
      BenchOptions options)
      throws IOException {
    Report report = new Report();
    Path talks = workspace.folder("talks");
    Path meetings = workspace.folder("meetings");
    data.writeTalks(talks);
    data.writeMeetings(meetings);
    Path talksIndex = workspace.folder("talks-index");
    Path meetingsIndex = workspace.folder("meetings-index");
    try (TextEmbedder model =
        ServiceLoader.load(TextEmbedderProvider.class)
            .findFirst()
            .orElseThrow()
            .open(folder, workspace.folder("cache"))) {
      index(meetingsIndex, meetings, model, options);
      index(talksIndex, talks, model, options);
      String[] known = {
        "questions", "S@1", "S@10", "MRR", "in episode S@1", "S@10 there", "MRR there"
      };
      Report.Table moments = report.table("Known moments, words and meaning", known);
      Report.Table turns =
          report.table(
              "Turns of meetings, words and meaning",
              "questions",
              "recall at 1/6",
              "recall at 1/3",
              "hit@1",
              "MRR");
      Report.Table refusals =
          report.table(
              "Questions that nothing answers",
              "questions",
              "refused where answered",
              "refused in another meeting");
      try (SearchEngine inTalks = LuceneSearchEngine.open(talksIndex, parameters, () -> model);
          SearchEngine inMeetings =
              LuceneSearchEngine.open(meetingsIndex, parameters, () -> model)) {
        for (Mode mode : List.of(Mode.WORDS, Mode.MEANING, Mode.BOTH)) {
          options.say("measuring " + mode.id());
          known(moments, "headings of talks: " + mode.id(), inTalks, mode, data.headings(0));
          known(
              moments,
              "topics of meetings, train: " + mode.id(),
              inMeetings,
              mode,
              QualityData.topics(data.train()));
          turns(turns, "train: " + mode.id(), inMeetings, mode, questions(data.train()));
          turns(turns, "paraphrased: " + mode.id(), inMeetings, mode, paraphrased(data.train()));
          if (folder == null) {
            turns(turns, "val: " + mode.id(), inMeetings, mode, questions(data.val()));
          }
        }
        refusals(refusals, "train", inMeetings, data.train());
      }
    }
    return report;
  }

  private static void index(Path index, Path files, TextEmbedder model, BenchOptions options)
      throws IOException {
    try (VectorStore vectors = VectorStore.open(index, model)) {
      index(index, files, vectors, options);
    }
  }

  /** Indexes what lies in a folder, and makes the vectors of all its moments. */
  static void index(Path index, Path files, VectorStore vectors, BenchOptions options)
      throws IOException {
    try (LuceneIndexSink sink = LuceneIndexSink.open(index, vectors)) {
      var unused = new Indexer(sink, (id, done, of, words) -> {}).run(List.of(files));
    }
    options.say("making vectors of " + files.getFileName());
    boolean more = true;
    while (more) {
      more =
          new MomentEmbedding(index, vectors, new EmbeddingProgress())
              .run(
                  segments -> {
                    try (LuceneIndexSink sink = LuceneIndexSink.open(index, vectors)) {
                      sink.attach(segments);
                    }
                  },
                  () -> false);
    }
  }

  private static void known(
      Report.Table table, String name, SearchEngine engine, Mode mode, List<KnownMoment> moments)
      throws IOException {
    MomentMeasure anywhere = new MomentMeasure();
    MomentMeasure inEpisode = new MomentMeasure();
    for (KnownMoment moment : moments) {
      anywhere.add(Searches.rank(engine, moment, false, mode));
      inEpisode.add(Searches.rank(engine, moment, true, mode));
    }
    table.row(
        name,
        anywhere.questions(),
        anywhere.successAtOne(),
        anywhere.successAtTen(),
        anywhere.meanReciprocalRank(),
        inEpisode.successAtOne(),
        inEpisode.successAtTen(),
        inEpisode.meanReciprocalRank());
  }

  private static Map<Meeting, List<Meeting.Asked>> questions(List<Meeting> meetings) {
    Map<Meeting, List<Meeting.Asked>> questions = new HashMap<>();
    meetings.forEach(meeting -> questions.put(meeting, meeting.questions()));
    return questions;
  }

  /** Questions of some meetings as somebody asks who forgot the words, by their own words. */
  private static Map<Meeting, List<Meeting.Asked>> paraphrased(List<Meeting> meetings)
      throws IOException {
    Map<String, String> otherwise = new HashMap<>();
    try (InputStream in =
            Objects.requireNonNull(MeaningQuality.class.getResourceAsStream(PARAPHRASES));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        List<String> parts = List.of(line.split("\t", -1));
        otherwise.put(parts.getFirst(), parts.getLast());
      }
    }
    Map<Meeting, List<Meeting.Asked>> paraphrased = new HashMap<>();
    for (Meeting meeting : meetings) {
      List<Meeting.Asked> asked = new ArrayList<>();
      for (Meeting.Asked question : meeting.questions()) {
        String words = otherwise.get(question.text().strip());
        if (words != null) {
          asked.add(new Meeting.Asked(words, question.answer(), question.turns()));
        }
      }
      if (!asked.isEmpty()) {
        paraphrased.put(meeting, asked);
      }
    }
    return paraphrased;
  }

  private static void turns(
      Report.Table table,
      String name,
      SearchEngine engine,
      Mode mode,
      Map<Meeting, List<Meeting.Asked>> questions)
      throws IOException {
    TurnMeasure measure = new TurnMeasure();
    for (Map.Entry<Meeting, List<Meeting.Asked>> each : questions.entrySet()) {
      Searches.measure(engine, each.getKey(), each.getValue(), mode, measure);
    }
    table.row(
        name,
        measure.questions(),
        measure.recallAtSixth(),
        measure.recallAtThird(),
        measure.hitAtOne(),
        measure.meanReciprocalRank());
  }

  /** How often nothing is said to answer a question, in its meeting and in the next one. */
  private static void refusals(
      Report.Table table, String name, SearchEngine engine, List<Meeting> meetings)
      throws IOException {
    int questions = 0;
    int here = 0;
    int elsewhere = 0;
    for (int i = 0; i < meetings.size(); i++) {
      Meeting other = meetings.get((i + 1) % meetings.size());
      for (Meeting.Asked question : meetings.get(i).questions()) {
        questions++;
        here += isRefused(engine, question, meetings.get(i)) ? 1 : 0;
        elsewhere += isRefused(engine, question, other) ? 1 : 0;
      }
    }
    table.row(name, questions, (double) here / questions, (double) elsewhere / questions);
  }

  private static boolean isRefused(SearchEngine engine, Meeting.Asked question, Meeting in)
      throws IOException {
    SearchRequest request =
        SearchRequest.of(KnownMoment.asQuery(question.text())).withFilter(Schema.EPISODE, in.id());
    return engine.quotations(request).passages().isEmpty();
  }
}
