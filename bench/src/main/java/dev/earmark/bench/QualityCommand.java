package dev.earmark.bench;

import dev.earmark.search.SearchEngine;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Asks questions whose answers are known. */
@Command(
    name = "quality",
    description = {
      "How high right answers stand.",
      "S@1 and S@10: the share of questions with a right hit first, or among the first ten.",
      "MRR: the mean of 1 / rank of the first right hit.",
      "Turns: of the turns that answer a question, the share among the best 1/6 and 1/3, where a",
      "turn without a hit is read with the nearest that has one; and among turns of hits only."
    })
final class QualityCommand implements Callable<Integer> {
  @Mixin private BenchOptions options = new BenchOptions();

  @Override
  public Integer call() throws IOException {
    QualityData data = QualityData.read(options.corpora());
    try (Workspace workspace = Workspace.create()) {
      Path talks = workspace.folder("talks");
      Path meetings = workspace.folder("meetings");
      data.writeTalks(talks);
      data.writeMeetings(meetings);
      Path talksIndex = workspace.folder("talks-index");
      Path meetingsIndex = workspace.folder("meetings-index");
      var unused = Searches.index(talksIndex, List.of(talks));
      var unusedToo = Searches.index(meetingsIndex, List.of(meetings));
      try (SearchEngine inTalks = LuceneSearchEngine.open(talksIndex);
          SearchEngine inMeetings = LuceneSearchEngine.open(meetingsIndex)) {
        options.print(report(data, inTalks, inMeetings));
      }
    }
    return 0;
  }

  private static Report report(QualityData data, SearchEngine inTalks, SearchEngine inMeetings)
      throws IOException {
    Report report = new Report();
    String[] columns = {
      "questions", "S@1", "S@10", "MRR", "in episode S@1", "S@10 there", "MRR there"
    };
    Report.Table moments = report.table("Known moments", columns);
    known(moments, "headings of talks, tuned on", inTalks, data.headings(0));
    known(moments, "headings of talks, held out", inTalks, data.headings(1));
    known(moments, "topics of meetings, train", inMeetings, QualityData.topics(data.train()));
    known(moments, "topics of meetings, val", inMeetings, QualityData.topics(data.val()));
    Report.Table turns =
        report.table(
            "Turns of meetings",
            "questions",
            "recall at 1/6",
            "recall at 1/3",
            "hits only at 1/6",
            "hits only at 1/3",
            "hit@1",
            "MRR");
    turns(turns, "train", inMeetings, data.train());
    turns(turns, "val", inMeetings, data.val());
    return report;
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
