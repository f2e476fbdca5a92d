package dev.earmark.http;

import dev.earmark.index.IndexingProgress;
import dev.earmark.search.SearchEngine;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Compressor;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Does not work out again what is known: a client that has kept an answer is told that it is still
 * right, before anything is searched, and the answers to searches are kept as they were sent.
 *
 * <p>People type, go back and share what they found, so the same is asked again and again. An
 * answer depends on its address, what the client calls this server, and the snapshot of the index;
 * the weak tag of an answer (RFC 9110, section 8.8.3) is made of these and of a number drawn at the
 * start, since a new process may be another version. Left out is what depends on more: pages behind
 * a cursor, which go on in a state that is kept only for a time, pages that say how far the index
 * is while it is filled, what was cut short or took so long that it may have been, and all of an
 * engine that cannot say which {@linkplain SearchEngine#state state} it is in.
 *
 * <p>An answer is kept in the form it was sent in, packed or not; all are dropped when the index
 * has changed, and those longest not asked for when they take more than {@value #MOST_BYTES} bytes.
 * Thread-safe.
 */
final class KnownAnswers {
  /** Some thousand packed answers. */
  static final int MOST_BYTES = 16 << 20;

  /** Far less than a search may take before it is cut short, and more than one has to wait. */
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final String QUESTION = "known.question";
  private static final String ETAG = "ETag";

  private final SearchEngine engine;
  private final Metrics metrics;
  private final CompressionStrategy packing;
  private final Supplier<Optional<IndexingProgress.State>> reading;
  private final String start = UUID.randomUUID().toString().substring(0, 8);
  private final AnswerStore store = new AnswerStore(MOST_BYTES);

  KnownAnswers(
      SearchEngine engine,
      Metrics metrics,
      CompressionStrategy packing,
      Supplier<Optional<IndexingProgress.State>> reading) {
    this.engine = engine;
    this.metrics = metrics;
    this.packing = packing;
    this.reading = reading;
  }

  /**
   * What an answer depends on.
   *
   * @param state the number of the snapshot before the answer was computed
   * @param address the whole of it, with the name by which this server was asked
   * @param tag names the answer
   * @param since when it was asked, by the clock of the machine
   */
  private record Question(long state, String address, String tag, long since) {}

  /** To be added before what limits work: what is known costs none. */
  void addTo(RoutesConfig routes) {
    routes.before(this::before);
    routes.after(this::after);
  }

  private void before(Context context) throws IOException {
    boolean isRead = is(context, HandlerType.GET) || is(context, HandlerType.HEAD);
    if (!isRead || dependsOnMore(context)) {
      return;
    }
    OptionalLong state = engine.state();
    if (state.isEmpty()) {
      return;
    }
    String address = address(context);
    Question question =
        new Question(
            state.getAsLong(), address, tag(address, state.getAsLong()), System.nanoTime());
    String known = context.header("If-None-Match");
    if (known != null && known.contains(question.tag())) {
      context.header(ETAG, question.tag()).status(304).skipRemainingHandlers();
      metrics.known("client");
      return;
    }
    AnswerStore.Answer answer =
        isKept(context) ? store.find(question.state(), key(question, packer(context))) : null;
    if (answer != null) {
      send(context, question, answer);
      context.skipRemainingHandlers();
      metrics.known("memory");
      return;
    }
    context.attribute(QUESTION, question);
  }

  private void after(Context context) throws IOException {
    Question question = context.attribute(QUESTION);
    if (question == null
        || context.statusCode() != 200
        || Workers.wasCut(context)
        || System.nanoTime() - question.since() > SLOW_NANOS) {
      return;
    }
    context.header(ETAG, question.tag());
    InputStream result = isKept(context) ? context.resultInputStream() : null;
    String contentType = context.res().getContentType();
    if (result == null || contentType == null) {
      return;
    }
    byte[] plain = result.readAllBytes();
    Compressor packer = packer(context);
    AnswerStore.Answer answer =
        packer == null || plain.length < packing.getDefaultMinSizeForCompression()
            ? new AnswerStore.Answer(plain, contentType, null)
            : new AnswerStore.Answer(pack(plain, packer), contentType, packer.encoding());
    store.keep(question.state(), key(question, packer), answer);
    send(context, question, answer);
  }

  private static byte[] pack(byte[] plain, Compressor packer) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 4);
    try (OutputStream packing = packer.compress(packed)) {
      packing.write(plain);
    }
    return packed.toByteArray();
  }

  private static void send(Context context, Question question, AnswerStore.Answer answer) {
    context.header(ETAG, question.tag());
    if (answer.packedAs() != null) {
      context.header("Content-Encoding", answer.packedAs());
    }
    context.contentType(answer.contentType()).result(answer.bytes());
  }

  private @Nullable Compressor packer(Context context) {
    String accepted = context.header("Accept-Encoding");
    return accepted == null ? null : packing.findMatchingCompressor(accepted);
  }

  /**
   * Files have a tag of their own, and the rest is of the moment; pages are, too, while they say
   * how far the index is.
   */
  private boolean dependsOnMore(Context context) {
    String path = context.path();
    return (!path.startsWith("/api/") && reading.get().isPresent())
        || path.startsWith("/assets/")
        || LocalMedia.isAt(path)
        || path.startsWith(StandingFeeds.PATH)
        || path.equals("/healthz")
        || path.equals("/metrics")
        || path.equals("/api/v1/status")
        || path.equals("/api/v1/suggest")
        || context.queryParam("cursor") != null;
  }

  private static boolean isKept(Context context) {
    return is(context, HandlerType.GET)
        && (context.path().equals("/") || context.path().equals("/api/v1/search"));
  }

  private static boolean is(Context context, HandlerType method) {
    return method.equals(context.method());
  }

  private static String address(Context context) {
    String query = context.queryString();
    return DiscoveryRoutes.base(context)
        + context.req().getRequestURI()
        + (query == null ? "" : "?" + query);
  }

  private String tag(String address, long state) {
    CRC32C sum = new CRC32C();
    sum.update(address.getBytes(StandardCharsets.UTF_8));
    return "W/\"%s-%x-%x\"".formatted(start, state, sum.getValue());
  }

  private static String key(Question question, @Nullable Compressor packer) {
    return (packer == null ? "" : packer.encoding()) + ' ' + question.address();
  }
}
