package dev.earmark.bench;

import dev.earmark.corpus.CorpusLocation;
import dev.earmark.index.Indexer;
import dev.earmark.index.MomentCodec;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.lucene.LuceneIndexSink;
import dev.earmark.index.lucene.MomentsCodec;
import dev.earmark.index.lucene.VectorStore;
import dev.earmark.schema.Schema;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.SearchRequest.Mode;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.search.lucene.NearestVectors;
import dev.earmark.search.rank.RankingParameters;
import dev.earmark.vector.ByteVectors;
import dev.earmark.vector.MomentPassages;
import dev.earmark.vector.TextEmbedder;
import dev.earmark.vector.TextEmbedderProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What finding by meaning takes: to make vectors, to keep them, and to find the nearest. */
@Command(
    name = "meaning",
    description = {
      "What vectors of moments take: how many a second, their bytes, memory, the time to find the"
          + " nearest, and that of whole searches.",
      "Vectors are made of a sample of real moments; an index of many has mixtures of these."
    })
final class MeaningCommand implements Callable<Integer> {
  private static final int NEAREST = 100;
  private static final int QUERIES = 500;
  private static final int CHECKED = 50;
  private static final int SEED = 7;
  private static final double MEGABYTE = 1e6;
  private static final double NANOS_A_MS = 1e6;
  private static final double NANOS_A_SECOND = 1e9;

  @Mixin private BenchOptions options = new BenchOptions();
  @Mixin private CorpusOptions corpus = new CorpusOptions();

  @Option(
      names = "--moments",
      paramLabel = "N",
      defaultValue = "150000",
      description = "How many vectors the index has (default: ${DEFAULT-VALUE}).")
  private int moments = 150_000;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Of how many moments vectors are made (default: ${DEFAULT-VALUE}).")
  private int sample = 2_000;

  @Override
  public Integer call() throws IOException {
    Report report = new Report();
    try (Workspace workspace = Workspace.create()) {
      List<String> passages = passages(workspace);
      double before = residentMegabytes();
      long start = System.nanoTime();
      try (TextEmbedder model =
          ServiceLoader.load(TextEmbedderProvider.class)
              .findFirst()
              .orElseThrow()
              .open(null, workspace.folder("cache"))) {
        double openMs = (System.nanoTime() - start) / NANOS_A_MS;
        List<float[]> vectors = make(model, passages, report);
        report
            .table("The model", "ms to open", "MB more in memory", "MB of Java's heap")
            .row("all-minilm-l6-v2-q", openMs, residentMegabytes() - before, heapMegabytes());
        query(model, passages, report);
        find(workspace, vectors, report);
        search(workspace, model, vectors, passages, report);
      }
    }
    options.print(report);
    return 0;
  }

  /** The passages of real moments, as the index gives them to a model. */
  private List<String> passages(Workspace workspace) throws IOException {
    Path generated = workspace.folder("episodes");
    int episodes = CorpusOptions.generate(corpus.maker(options), generated, sample);
    options.say("a sample of " + episodes + " episodes");
    Path index = workspace.folder("index");
    try (LuceneIndexSink sink = LuceneIndexSink.open(index)) {
      var unused =
          new Indexer(sink, (id, done, of, words) -> {})
              .update(CorpusLocation.ofPaths(List.of(generated)), Indexer.Prune.KEEP);
    }
    List<String> passages = new ArrayList<>();
    List<StoredMoment> block = new ArrayList<>();
    try (Directory directory = FSDirectory.open(index);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      for (int document = 0; document < reader.maxDoc(); document++) {
        BytesRef body = reader.storedFields().document(document).getBinaryValue(Schema.BODY);
        if (body != null) {
          block.add(MomentCodec.decode(body.bytes, body.offset, body.length));
        } else {
          passages.addAll(MomentPassages.of(block));
          block.clear();
        }
      }
    }
    Collections.shuffle(passages, new Random(SEED));
    return passages.subList(0, Math.min(sample, passages.size()));
  }

  private List<float[]> make(TextEmbedder model, List<String> passages, Report report) {
    for (String passage : passages.subList(0, Math.min(100, passages.size()))) {
      var unused = model.passage(passage);
    }
    Report.Table table =
        report.table("Making vectors", "moments", "moments a second", "ms of processor each");
    float[][] made = new float[passages.size()][];
    for (int threads : new int[] {1, Runtime.getRuntime().availableProcessors()}) {
      AtomicInteger next = new AtomicInteger();
      long[] cpu = new long[threads];
      long start = System.nanoTime();
      List<Thread> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        all.add(
            Thread.ofPlatform()
                .start(() -> {
                  for (int each = next.getAndIncrement();
                      each < made.length;
                      each = next.getAndIncrement()) {
                    made[each] = model.passage(passages.get(each));
                  }
                  cpu[thread] = cpuNanos();
                }));
      }
      for (Thread thread : all) {
        join(thread);
      }
      double seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
      table.row(
          threads + (threads == 1 ? " thread" : " threads"),
          made.length,
          made.length / seconds,
          Arrays.stream(cpu).sum() / NANOS_A_MS / made.length);
    }
    return List.of(made);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void query(TextEmbedder model, List<String> passages, Report report) {
    long[] nanos = new long[Math.min(QUERIES, passages.size())];
    long cpu = cpuNanos();
    for (int i = 0; i < nanos.length; i++) {
      String[] words = passages.get(i).split(" ");
      String query = String.join(" ", Arrays.copyOf(words, Math.min(8, words.length)));
      long start = System.nanoTime();
      var unused = model.query(query);
      nanos[i] = System.nanoTime() - start;
    }
    row(
        report.table("A query's vector", "queries", "p50 ms", "p99 ms", "ms of processor each"),
        "eight words",
        nanos,
        cpuNanos() - cpu);
  }

  /** Other work on the machine makes it later, but not much more. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void row(Report.Table table, String name, long[] nanos, long cpu) {
    Arrays.sort(nanos);
    table.row(
        name,
        nanos.length,
        nanos[nanos.length / 2] / NANOS_A_MS,
        nanos[nanos.length * 99 / 100] / NANOS_A_MS,
        cpu / NANOS_A_MS / nanos.length);
  }

  private void find(Workspace workspace, List<float[]> made, Report report) throws IOException {
    Random random = new Random(SEED);
    Path folder = workspace.folder("vectors");
    options.say("an index of " + moments + " vectors");
    long start = System.nanoTime();
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer =
            new IndexWriter(directory, new IndexWriterConfig().setCodec(new MomentsCodec()))) {
      for (int i = 0; i < moments; i++) {
        Document document = new Document();
        document.add(
            new KnnByteVectorField(
                "vector",
                ByteVectors.of(MixedEmbedder.mixture(made, random)),
                VectorSimilarityFunction.DOT_PRODUCT));
        writer.addDocument(document);
      }
      writer.commit();
    }
    double seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
    report
        .table("Keeping them", "moments", "s to index", "bytes a moment")
        .row("the index", moments, seconds, Workspace.bytes(folder) / (double) moments);
    Report.Table table =
        report.table(
            "Finding the nearest " + NEAREST,
            "queries",
            "p50 ms",
            "p99 ms",
            "ms of processor each");
    try (Directory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      long[] nanos = new long[QUERIES];
      long cpu = 0;
      for (int round = 0; round < 2; round++) {
        cpu = cpuNanos();
        for (int i = 0; i < QUERIES; i++) {
          byte[] query = ByteVectors.of(made.get(random.nextInt(made.size())));
          long asked = System.nanoTime();
          var unused = NearestVectors.of(searcher, "vector", query, NEAREST, null);
          nanos[i] = System.nanoTime() - asked;
        }
      }
      row(table, "of " + moments, nanos, cpuNanos() - cpu);
      int same = 0;
      for (int i = 0; i < CHECKED; i++) {
        byte[] query = ByteVectors.of(made.get(random.nextInt(made.size())));
        List<Integer> exact =
            NearestVectors.exact(searcher, "vector", query, 10, null).stream()
                .map(hit -> hit.doc)
                .toList();
        List<ScoreDoc> found =
            NearestVectors.of(searcher, "vector", query, NEAREST, null).subList(0, 10);
        same += (int) found.stream().filter(hit -> exact.contains(hit.doc)).count();
      }
      report.table("Of the nearest ten", "found").row("of each", same / (10.0 * CHECKED));
    }
  }

  /** Whole searches: words with all facets and snippets, by meaning, and both. */
  private void search(
      Workspace workspace,
      TextEmbedder model,
      List<float[]> made,
      List<String> passages,
      Report report)
      throws IOException {
    Path generated = workspace.folder("many-episodes");
    int episodes = CorpusOptions.generate(corpus.maker(options), generated, moments);
    options.say("an index of " + episodes + " episodes");
    Path index = workspace.folder("many");
    TextEmbedder mixed = new MixedEmbedder(model, made);
    try (VectorStore vectors = VectorStore.open(index, mixed)) {
      MeaningQuality.index(index, generated, vectors, options);
    }
    Report.Table table =
        report.table("Searching", "queries", "p50 ms", "p99 ms", "ms of processor each");
    try (SearchEngine engine =
        LuceneSearchEngine.open(index, RankingParameters.DEFAULT, () -> model)) {
      for (Mode mode : List.of(Mode.WORDS, Mode.MEANING, Mode.BOTH)) {
        long[] nanos = new long[Math.min(QUERIES, passages.size())];
        long cpu = 0;
        for (int round = 0; round < 2; round++) {
          cpu = cpuNanos();
          for (int i = 0; i < nanos.length; i++) {
            String[] words = passages.get(i).split(" ");
            String query =
                String.join(" ", Arrays.copyOf(words, Math.min(2 + i % 5, words.length)));
            SearchRequest request =
                SearchRequest.of(KnownMoment.asQuery(query)).withLimit(20).withMode(mode);
            long start = System.nanoTime();
            var unused = engine.search(request);
            nanos[i] = System.nanoTime() - start;
          }
        }
        row(table, mode.name().toLowerCase(Locale.ROOT), nanos, cpuNanos() - cpu);
      }
    }
  }

  private static double heapMegabytes() {
    Runtime.getRuntime().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
  }

  /** What the process has in memory; nothing where the system does not say so. */
  private static double residentMegabytes() throws IOException {
    Runtime.getRuntime().gc();
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return Double.NaN;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024 / MEGABYTE;
      }
    }
    return Double.NaN;
  }
}
