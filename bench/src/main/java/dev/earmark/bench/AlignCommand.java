package dev.earmark.bench;

import dev.earmark.align.Aligner;
import dev.earmark.model.Anchor;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeMap;
import dev.earmark.model.TimeSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes the times of texts away and has them put back. */
@Command(
    name = "align",
    description = {
      "How close untimed text is placed to where it was said.",
      "5 s, 15 s, 60 s: of the moments placed, the share that begins that near to the right"
          + " instant.",
      "In stretch: the share that begins in the right stretch, or 60 s from it.",
      "Median: of the distances of begins, in seconds.",
      "Of another episode: documents beside a recording they are not about; nothing is right there."
    })
final class AlignCommand implements Callable<Integer> {
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--tune",
      description = "Measure on the half of the recordings that is for tuning, not for reporting.")
  private boolean tune;

  @Option(
      names = "--every",
      paramLabel = "N",
      defaultValue = "16",
      description = "Take every Nth of the captions (default: ${DEFAULT-VALUE}).")
  private int every = 16;

  private static final int BINS = 10;
  private static final double FOREIGN = 0.25;
  private static final int FEWEST = 5;

  private final Map<String, AlignMeasure> measures = new LinkedHashMap<>();
  private final Map<String, AlignMeasure> foreign = new LinkedHashMap<>();
  private final AlignMeasure words = new AlignMeasure();
  private @Nullable FolderCases folders;
  private @Nullable NoteCases notes;

  @Option(
      names = "--folder",
      description = "Measure only what a folder says by itself: the last three tables.")
  private boolean folderOnly;

  @Override
  public Integer call() throws IOException {
    if (!folderOnly) {
      AlignCases cases = new AlignCases(options.corpora(), tune ? 0 : 1);
      measure(cases.edited(every));
      measure(cases.meetings());
      measure(cases.talks());
    }
    notes = new NoteCases(options.corpora(), every);
    folders = new FolderCases(options.corpora(), every);
    options.print(report());
    return 0;
  }

  private void measure(List<AlignCase> cases) {
    Map<String, List<AlignCase>> byKind = new LinkedHashMap<>();
    cases.forEach(each -> byKind.computeIfAbsent(each.kind(), kind -> new ArrayList<>()).add(each));
    byKind.forEach((kind, same) -> {
      for (int i = 0; i < same.size(); i++) {
        measure(same.get(i), measures.computeIfAbsent(kind, k -> new AlignMeasure()));
        AlignCase other = same.get((i + 1) % same.size());
        measure(same.get(i).about(other), foreign.computeIfAbsent(kind, k -> new AlignMeasure()));
      }
    });
  }

  private void measure(AlignCase one, AlignMeasure measure) {
    List<Moment> moments = judged(one);
    for (int i = 0; i < moments.size(); i++) {
      AlignCase.Truth truth = one.truths().get(i);
      Moment moment = moments.get(i);
      TimeSpan span = moment.anchor().span().orElse(null);
      double confidence = -1;
      String how = "";
      if (moment.anchor() instanceof Anchor.Estimated estimated) {
        confidence = estimated.confidence();
        how = estimated.how();
      }
      if (truth == null || span == null) {
        measure.add(new AlignMeasure.Outcome(Long.MAX_VALUE, Long.MAX_VALUE, confidence, how));
        continue;
      }
      long at = span.startMs();
      long outside = Math.max(0, Math.max(truth.startMs() - at, at - truth.endMs()));
      measure.add(
          new AlignMeasure.Outcome(Math.abs(at - truth.startMs()), outside, confidence, how));
      TimeMap times = moment.times();
      long[] spoken = truth.words();
      for (int w = 0; times != null && spoken != null && w < spoken.length; w += 10) {
        long distance = Math.abs(times.startOf(w) - spoken[w]);
        words.add(new AlignMeasure.Outcome(distance, distance, confidence, how));
      }
    }
  }

  /** The moments of the untimed source once aligned, without the quotations that were added. */
  private static List<Moment> judged(AlignCase one) {
    List<Moment> given = one.document().sources().getLast().moments();
    List<Moment> judged = new ArrayList<>();
    for (Moment moment : Aligner.align(one.document()).sources().getLast().moments()) {
      if (judged.size() < given.size()) {
        Moment next = given.get(judged.size());
        if (moment.kind() == next.kind() && moment.text().equals(next.text())) {
          judged.add(moment);
        }
      }
    }
    return judged;
  }

  private Report report() {
    Report report = new Report();
    Report.Table all =
        report.table(
            "All that is placed",
            "moments",
            "placed",
            "5 s",
            "15 s",
            "60 s",
            "in stretch",
            "median");
    measures.forEach((kind, measure) -> row(all, kind, measure, 0));
    row(all, "words of transcripts", words, 0);
    Report.Table sure =
        report.table(
            "Confidence 0.8 and more",
            "moments",
            "placed",
            "5 s",
            "15 s",
            "60 s",
            "in stretch",
            "median");
    measures.forEach((kind, measure) -> row(sure, kind, measure, 0.8));
    Report.Table wrong =
        report.table(
            "Of another episode", "moments", "placed", "at 0.5 and more", "at 0.8 and more");
    foreign.forEach((kind, measure) ->
        wrong.row(
            kind,
            measure.moments(),
            measure.coverage(0),
            measure.coverage(0.5),
            measure.coverage(0.8)));
    String[] bins = {
      "moments", "0-.1", ".1-.2", ".2-.3", ".3-.4", ".4-.5", ".5-.6", ".6-.7", ".7-.8", ".8-.9",
      ".9-1"
    };
    Report.Table calibration = report.table("Right, by confidence", bins);
    Set<String> methods = new TreeSet<>();
    measures.values().forEach(m -> m.outcomes().forEach(o -> methods.add(o.how())));
    methods.remove("");
    methods.forEach(how -> calibration(calibration, how, how, false));
    calibration(calibration, "order+words, by a digest", "order+words", true);
    if (notes != null) {
      notes.report(
          report.table(
              "Quotes in notes",
              "quotations",
              "recall",
              "precision",
              "of another talk, claimed",
              "and not said in it"));
    }
    if (folders != null) {
      folders.sameRecording(
          report.table("Same recording", "pairs", "joined", "least alike", "median", "most alike"));
      folders.people(report.table("People", "names", "joined", "of these right"));
    }
    return report;
  }

  private static void row(Report.Table table, String name, AlignMeasure measure, double least) {
    table.row(
        name,
        measure.moments(),
        measure.coverage(least),
        measure.within(5_000, least),
        measure.within(15_000, least),
        measure.within(60_000, least),
        measure.inside(60_000, least),
        measure.median(least));
  }

  /** The share that is right, where one document of five is about another episode. */
  private void calibration(Report.Table table, String name, String how, boolean byDigest) {
    double[] right = new double[BINS];
    double[] all = new double[BINS];
    double[] row = new double[BINS + 1];
    for (Map<String, AlignMeasure> each : List.of(measures, foreign)) {
      double weight = each == foreign ? FOREIGN : 1;
      for (Map.Entry<String, AlignMeasure> measure : each.entrySet()) {
        for (AlignMeasure.Outcome outcome : measure.getValue().outcomes()) {
          if (outcome.how().equals(how) && AlignCases.isByDigest(measure.getKey()) == byDigest) {
            int bin = Math.min(BINS - 1, (int) (outcome.confidence() * BINS));
            all[bin] += weight;
            right[bin] += outcome.isRight() ? weight : 0;
            row[0] += each == foreign ? 0 : 1;
          }
        }
      }
    }
    for (int bin = 0; bin < BINS; bin++) {
      row[bin + 1] = all[bin] < FEWEST ? Double.NaN : right[bin] / all[bin];
    }
    table.row(name, row);
  }
}
