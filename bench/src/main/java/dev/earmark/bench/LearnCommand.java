package dev.earmark.bench;

import dev.earmark.index.StoredMoment;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.vector.MomentPassages;
import dev.earmark.vector.QuestionAdapter;
import dev.earmark.vector.TextEmbedder;
import dev.earmark.vector.TextEmbedderProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes what a model has learnt of questions. */
@Command(
    name = "learn",
    description = {
      "Learns from the questions of QMSum's train how a model's vectors of questions are turned to"
          + " what answers them, and writes it to FILE.",
      "Tells first, for meetings that were not learnt from, how many of the answering moments are"
          + " among the best 1/6 and 1/3 by what is said around them, as vectors are and turned.",
      "Makes a vector of each moment: a quarter of an hour's work of two cores."
    })
final class LearnCommand implements Callable<Integer> {
  private static final int PARTS = 5;

  /** What is said around a moment counts less by a factor of e after so long. */
  private static final double AROUND_MS = 30_000;

  private static final int SIXTH = 6;
  private static final int THIRD = 3;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      description = "The model in FOLDER instead of the one that comes along.")
  private @Nullable Path model;

  @Option(
      names = "--every",
      paramLabel = "N",
      defaultValue = "1",
      description = "Takes every Nth meeting.")
  private int every = 1;

  @Parameters(paramLabel = "FILE", description = "Where it is written.")
  private Path file = Path.of("questions.bin");

  /** The questions of one meeting. */
  private record Asked(List<QuestionTraining.Example> examples) {}

  @Override
  public Integer call() throws IOException {
    Report report = new Report();
    List<Meeting> meetings = QualityData.read(options.corpora()).everyNth(every).train();
    try (Workspace workspace = Workspace.create();
        TextEmbedder embedder =
            ServiceLoader.load(TextEmbedderProvider.class)
                .findFirst()
                .orElseThrow()
                .open(model, workspace.folder("cache"))) {
      Path captions = workspace.folder("meetings");
      Path index = workspace.folder("index");
      QualityData.write(meetings, captions);
      var unused = Searches.index(index, List.of(captions));
      List<Asked> asked = new ArrayList<>();
      options.say("making vectors of " + meetings.size() + " meetings");
      try (SearchEngine engine = LuceneSearchEngine.open(index)) {
        for (Meeting meeting : meetings) {
          asked.add(asked(meeting, engine.moments(meeting.id()), embedder));
        }
      }
      options.say("learning");
      compare(report, asked, embedder.dimension());
      List<QuestionTraining.Example> all =
          asked.stream().flatMap(one -> one.examples().stream()).toList();
      Files.write(file, QuestionTraining.learn(all, embedder.dimension()).bytes());
    }
    options.print(report);
    return 0;
  }

  private static Asked asked(Meeting meeting, List<StoredMoment> moments, TextEmbedder embedder) {
    List<String> passages = MomentPassages.of(moments);
    float[][] vectors =
        IntStream.range(0, passages.size())
            .parallel()
            .mapToObj(i -> embedder.passage(passages.get(i)))
            .toArray(float[][]::new);
    float[][] around = around(moments, vectors);
    List<QuestionTraining.Example> examples = new ArrayList<>();
    for (Meeting.Asked question : meeting.questions()) {
      boolean[] answers = new boolean[moments.size()];
      boolean any = false;
      for (int i = 0; i < answers.length; i++) {
        answers[i] =
            moments.get(i).moment().anchor().span().map(meeting::turnsWithin).stream()
                .flatMap(List::stream)
                .anyMatch(question.turns()::get);
        any |= answers[i];
      }
      if (any) {
        float[] vector = embedder.query(KnownMoment.asQuery(question.text()));
        examples.add(new QuestionTraining.Example(vector, around, answers));
      }
    }
    return new Asked(examples);
  }

  /** What is said around each moment, less the mean of the meeting. */
  private static float[][] around(List<StoredMoment> moments, float[][] vectors) {
    int size = vectors.length;
    float[][] around = new float[size][];
    for (int i = 0; i < size; i++) {
      around[i] = new float[vectors[i].length];
      double sum = 0;
      for (int j = 0; j < size; j++) {
        double apart = Math.abs(startMs(moments.get(i)) - startMs(moments.get(j)));
        sum += Math.exp(-apart / AROUND_MS);
      }
      for (int j = 0; j < size; j++) {
        double apart = Math.abs(startMs(moments.get(i)) - startMs(moments.get(j)));
        QuestionTraining.add(around[i], (float) (Math.exp(-apart / AROUND_MS) / sum), vectors[j]);
      }
    }
    if (size > 0) {
      float[] mean = new float[vectors[0].length];
      for (float[] one : around) {
        QuestionTraining.add(mean, 1f / size, one);
      }
      for (float[] one : around) {
        QuestionTraining.add(one, -1, mean);
      }
    }
    return around;
  }

  private static long startMs(StoredMoment moment) {
    return moment.moment().anchor().span().map(span -> span.startMs()).orElse(0L);
  }

  private static void compare(Report report, List<Asked> asked, int dimension) {
    double[] asTheyAre = new double[2];
    double[] turned = new double[2];
    int questions = 0;
    for (int part = 0; part < PARTS; part++) {
      List<QuestionTraining.Example> others = new ArrayList<>();
      List<QuestionTraining.Example> held = new ArrayList<>();
      for (int i = 0; i < asked.size(); i++) {
        (i % PARTS == part ? held : others).addAll(asked.get(i).examples());
      }
      QuestionAdapter adapter = QuestionTraining.learn(others, dimension);
      for (QuestionTraining.Example example : held) {
        questions++;
        add(asTheyAre, example, example.vector());
        add(turned, example, adapter.turn(example.vector()));
      }
    }
    Report.Table table =
        report.table("Answering moments", "questions", "among the best 1/6", "among the best 1/3");
    table.row("as vectors are", questions, asTheyAre[0] / questions, asTheyAre[1] / questions);
    table.row(
        "turned, by meetings in five parts",
        questions,
        turned[0] / questions,
        turned[1] / questions);
  }

  private static void add(double[] sums, QuestionTraining.Example example, float[] vector) {
    float[][] around = example.around();
    double[] scores = new double[around.length];
    Arrays.setAll(scores, i -> QuestionTraining.dot(around[i], vector));
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (one, other) -> Double.compare(scores[other], scores[one]));
    sums[0] += recall(order, example.answers(), order.length / SIXTH);
    sums[1] += recall(order, example.answers(), order.length / THIRD);
  }

  private static double recall(Integer[] order, boolean[] answers, int first) {
    int found = 0;
    int all = 0;
    for (int i = 0; i < order.length; i++) {
      all += answers[i] ? 1 : 0;
      found += i < first && answers[order[i]] ? 1 : 0;
    }
    return (double) found / all;
  }
}
