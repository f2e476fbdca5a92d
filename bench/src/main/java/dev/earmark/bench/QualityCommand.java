package dev.earmark.bench;

import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.index.IndexSink;
import dev.earmark.index.Indexer;
import dev.earmark.index.opensearch.OpenSearchIndexSink;
import dev.earmark.index.opensearch.OpenSearchSettings;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.search.opensearch.OpenSearchEngine;
import dev.earmark.search.rank.RankingParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks questions whose answers are known. */
@Command(
    name = "quality",
    description = {
      "How well known answers are found.",
      "S@1 and S@10: the share of questions with a right hit first, or among the first ten.",
      "MRR: the mean of 1 / rank of the first right hit.",
      "Turns: of the turns that answer a question, the share among the best 1/6 and 1/3, where a",
      "turn without a hit is read with the nearest that has one; and among turns of hits only.",
      "Misheard names: names altered as recognizers do, asked for as they are written.",
      "Counts: totals of several words beside the places where all are said within 10 and 120 s."
    })
final class QualityCommand implements Callable<Integer> {
  private static final String[] TURNS = {
    "questions",
    "recall at 1/6",
    "recall at 1/3",
    "hits only at 1/6",
    "hits only at 1/3",
    "hit@1",
    "MRR"
  };

  private static final String ALL = "all";
  private static final Duration UNHURRIED = Duration.ofMinutes(1);

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Ranks with another value of a parameter; may be given several times.")
  private Map<String, Double> set = new LinkedHashMap<>();

  @Option(
      names = "--sweep",
      paramLabel = "NAME",
      split = ",",
      description =
          "Measures parameters halved and doubled, one at a time; \"all\" does each. A row takes two"
              + " minutes or more; --every shortens it.")
  private List<String> sweep = List.of();

  @Option(
      names = "--meaning",
      description = {
        "Measures what is found by words, by meaning and by both, instead of the other tables.",
        "Makes a vector of each moment first: with --every 1 half an hour's work of two cores."
      })
  private boolean meaning;

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      description =
          "With --meaning: takes the model in FOLDER instead of the one that comes along, and asks"
              + " nothing of val, since models are chosen on train.")
  private @Nullable Path model;

  @Option(
      names = "--every",
      paramLabel = "N",
      defaultValue = "1",
      description = {
        "With --meaning: takes every Nth talk and meeting of train, and all of val.",
        "With --cluster and --sweep: asks every Nth question and meeting."
      })
  private int every = 1;

  @Option(
      names = "--keep",
      paramLabel = "FOLDER",
      description = "With --meaning: keeps the indexes in FOLDER, whose vectors are made once.")
  private @Nullable Path keep;

  @Option(
      names = "--cluster",
      description =
          "Asks a cluster of one node of OpenSearch as well, what is tuned on only, and tells it"
              + " beside the embedded index.")
  private boolean cluster;

  @Option(
      names = "--built",
      hidden = true,
      paramLabel = "FOLDER",
      defaultValue = "${env:EARMARK_CLUSTER:-server/cluster/target}",
      description = "Where what starts nodes was built.")
  private Path built = Path.of("server/cluster/target");

  private RankingParameters parameters() {
    RankingParameters parameters = RankingParameters.DEFAULT;
    try {
      for (Map.Entry<String, Double> one : set.entrySet()) {
        parameters = parameters.with(one.getKey(), one.getValue());
      }
      for (String name : sweep) {
        if (!name.equals(ALL)) {
          var unused = parameters.get(name);
        }
      }
    } catch (IllegalArgumentException e) {
      throw options.wrong(String.valueOf(e.getMessage()));
    }
    return parameters;
  }

  @Override
  public Integer call() throws IOException {
    RankingParameters parameters = parameters();
    QualityData data = QualityData.read(options.corpora());
    if (every < 1) {
      throw options.wrong("--every takes a number from 1, got " + every);
    }
    if (meaning) {
      try (Workspace workspace = keep == null ? Workspace.create() : Workspace.kept(keep)) {
        options.print(
            MeaningQuality.report(data.everyNth(every), workspace, model, parameters, options));
      }
      return 0;
    }
    try (Workspace workspace = Workspace.create()) {
      Path talks = workspace.folder("talks");
      Path meetings = workspace.folder("meetings");
      data.writeTalks(talks);
      data.writeMeetings(meetings);
      Path talksIndex = workspace.folder("talks-index");
      Path meetingsIndex = workspace.folder("meetings-index");
      var unused = Searches.index(talksIndex, List.of(talks));
      var unusedToo = Searches.index(meetingsIndex, List.of(meetings));
      Report report = new Report();
      if (cluster) {
        beside(report, data, List.of(talks, talksIndex, meetings, meetingsIndex), parameters);
      } else if (sweep.isEmpty()) {
        report(report, data, talksIndex, meetingsIndex, parameters);
        MisheardNames misheard = MisheardNames.of(data.talks());
        Path misheardTalks = workspace.folder("misheard");
        Path misheardIndex = workspace.folder("misheard-index");
        misheard.write(misheardTalks);
        var unusedEither = Searches.index(misheardIndex, List.of(misheardTalks));
        try (SearchEngine inMisheard = LuceneSearchEngine.open(misheardIndex, parameters)) {
          misheard.report(report, inMisheard);
        }
        parameters(report, parameters);
      } else {
        sweep(report, data, talksIndex, meetingsIndex, parameters);
      }
      options.print(report);
    }
    return 0;
  }

  private static void report(
      Report report, QualityData data, Path talks, Path meetings, RankingParameters parameters)
      throws IOException {
    try (SearchEngine inTalks = LuceneSearchEngine.open(talks, parameters);
        SearchEngine inMeetings = LuceneSearchEngine.open(meetings, parameters)) {
      report(report, data, inTalks, inMeetings);
    }
  }

  /** Asks both engines what is tuned on. */
  private void beside(
      Report report, QualityData data, List<Path> places, RankingParameters parameters)
      throws IOException {
    String[] columns = {
      "questions", "S@1", "S@10", "MRR", "in episode S@1", "S@10 there", "MRR there"
    };
    Report.Table moments = report.table("Known moments, embedded and in a cluster", columns);
    Report.Table turns = report.table("Turns of meetings, embedded and in a cluster", TURNS);
    options.say("asking the embedded index");
    try (SearchEngine inTalks = LuceneSearchEngine.open(places.get(1), parameters);
        SearchEngine inMeetings = LuceneSearchEngine.open(places.get(3), parameters)) {
      beside(moments, turns, "embedded", data, inTalks, inMeetings);
    }
    options.say("asking a cluster");
    List<String> flags = List.of("-Xms1g", "-Xmx1g");
    try (OpenSearchCluster nodes = OpenSearchCluster.start(built, flags, 1)) {
      String address = nodes.address(0).toString();
      OpenSearchSettings ofTalks = OpenSearchSettings.of(List.of(address + "/talks"));
      OpenSearchSettings ofMeetings = OpenSearchSettings.of(List.of(address + "/meetings"));
      try (IndexSink sink = OpenSearchIndexSink.open(ofTalks)) {
        var unused = new Indexer(sink, (id, done, of, words) -> {}).run(List.of(places.get(0)));
      }
      try (IndexSink sink = OpenSearchIndexSink.open(ofMeetings)) {
        var unused = new Indexer(sink, (id, done, of, words) -> {}).run(List.of(places.get(2)));
      }
      // A busy machine is not to cut short what is asked.
      try (SearchEngine inTalks = OpenSearchEngine.open(ofTalks, UNHURRIED);
          SearchEngine inMeetings = OpenSearchEngine.open(ofMeetings, UNHURRIED)) {
        beside(moments, turns, "cluster", data, inTalks, inMeetings);
      }
    }
  }

  private <T> List<T> some(List<T> all) {
    return IntStream.range(0, all.size()).filter(i -> i % every == 0).mapToObj(all::get).toList();
  }

  private void beside(
      Report.Table moments,
      Report.Table turns,
      String name,
      QualityData data,
      SearchEngine inTalks,
      SearchEngine inMeetings)
      throws IOException {
    known(moments, "headings of talks, " + name, inTalks, some(data.headings(0)));
    known(
        moments, "topics of meetings, " + name, inMeetings, some(QualityData.topics(data.train())));
    turns(turns, name, inMeetings, some(data.train()));
  }

  /** What was ranked with. */
  private static void parameters(Report report, RankingParameters parameters) {
    Report.Table table = report.table("Ranking parameters", "value");
    for (RankingParameters.Parameter each : parameters.all()) {
      table.row(each.name() + ": " + each.description(), each.value());
    }
  }

  private void sweep(
      Report report, QualityData data, Path talks, Path meetings, RankingParameters usual)
      throws IOException {
    Report.Table table =
        report.table(
            "Mean reciprocal ranks, on what is tuned on",
            "value",
            "headings of talks",
            "in episode",
            "topics of meetings",
            "in meeting",
            "turns");
    row(table, "as it is", Double.NaN, data, talks, meetings, usual);
    for (RankingParameters.Parameter each : usual.all()) {
      if (!sweep.contains(ALL) && !sweep.contains(each.name())) {
        continue;
      }
      for (double factor : new double[] {0.5, 2}) {
        RankingParameters tried;
        try {
          tried = usual.with(each.name(), factor * each.value());
        } catch (IllegalArgumentException outOfRange) {
          continue;
        }
        options.say("measuring " + each.name() + " times " + factor);
        String name = each.name() + (factor < 1 ? ", halved" : ", doubled");
        row(table, name, tried.get(each.name()), data, talks, meetings, tried);
      }
    }
  }

  private void row(
      Report.Table table,
      String name,
      double value,
      QualityData data,
      Path talks,
      Path meetings,
      RankingParameters tried)
      throws IOException {
    try (SearchEngine inTalks = LuceneSearchEngine.open(talks, tried);
        SearchEngine inMeetings = LuceneSearchEngine.open(meetings, tried)) {
      double[] headings = reciprocalRanks(inTalks, some(data.headings(0)));
      double[] topics = reciprocalRanks(inMeetings, some(QualityData.topics(data.train())));
      TurnMeasure turns = new TurnMeasure();
      for (Meeting meeting : some(data.train())) {
        Searches.measure(inMeetings, meeting, turns);
      }
      table.row(
          name, value, headings[0], headings[1], topics[0], topics[1], turns.meanReciprocalRank());
    }
  }

  private static double[] reciprocalRanks(SearchEngine engine, List<KnownMoment> moments)
      throws IOException {
    MomentMeasure anywhere = new MomentMeasure();
    MomentMeasure inEpisode = new MomentMeasure();
    for (KnownMoment moment : moments) {
      anywhere.add(Searches.rank(engine, moment, false));
      inEpisode.add(Searches.rank(engine, moment, true));
    }
    return new double[] {anywhere.meanReciprocalRank(), inEpisode.meanReciprocalRank()};
  }

  private static void report(
      Report report, QualityData data, SearchEngine inTalks, SearchEngine inMeetings)
      throws IOException {
    String[] columns = {
      "questions", "S@1", "S@10", "MRR", "in episode S@1", "S@10 there", "MRR there"
    };
    Report.Table moments = report.table("Known moments", columns);
    known(moments, "headings of talks, tuned on", inTalks, data.headings(0));
    known(moments, "headings of talks, held out", inTalks, data.headings(1));
    known(moments, "topics of meetings, train", inMeetings, QualityData.topics(data.train()));
    known(moments, "topics of meetings, val", inMeetings, QualityData.topics(data.val()));
    Report.Table turns = report.table("Turns of meetings", TURNS);
    turns(turns, "train", inMeetings, data.train());
    turns(turns, "val", inMeetings, data.val());
    List<Meeting> all = new ArrayList<>(data.train());
    all.addAll(data.val());
    CountMeasure.report(report, inMeetings, all);
  }

  private static void known(
      Report.Table table, String name, SearchEngine engine, List<KnownMoment> moments)
      throws IOException {
    MomentMeasure anywhere = new MomentMeasure();
    MomentMeasure inEpisode = new MomentMeasure();
    for (KnownMoment moment : moments) {
      anywhere.add(Searches.rank(engine, moment, false));
      inEpisode.add(Searches.rank(engine, moment, true));
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

  private static void turns(
      Report.Table table, String name, SearchEngine engine, List<Meeting> meetings)
      throws IOException {
    TurnMeasure measure = new TurnMeasure();
    for (Meeting meeting : meetings) {
      Searches.measure(engine, meeting, measure);
    }
    table.row(
        name,
        measure.questions(),
        measure.recallAtSixth(),
        measure.recallAtThird(),
        measure.listedAtSixth(),
        measure.listedAtThird(),
        measure.hitAtOne(),
        measure.meanReciprocalRank());
  }
}
