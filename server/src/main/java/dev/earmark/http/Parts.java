package dev.earmark.http;

import dev.earmark.search.PageReader;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are sent part by part, however long they are.
 *
 * <p>The first part is made as any answer is, so what is wrong with a request is told in a problem
 * document. Each further part is made when the client has taken the one before: one part is held at
 * a time, a client that hangs up or stops reading costs nothing more, and each part is worked on
 * like a request of its own, behind the {@link Guard} and within a budget. If a part cannot be
 * made, the connection is broken off, so that nobody takes the beginning for the whole.
 * Thread-safe.
 */
final class Parts {
  private static final int MOST_TRIES = 4;

  private final Guard guard;
  private final Workers workers;

  Parts(Guard guard, Workers workers) {
    this.guard = guard;
    this.workers = workers;
  }

  /** Makes an answer part by part. Used by one thread at a time. */
  interface Source {
    /** The next part; null after the last. */
    @Nullable String next() throws Exception;
  }

  /** Answers with all parts, as a file of this name. */
  void send(Context context, String mediaType, @Nullable String file, Source source)
      throws Exception {
    String first = source.next();
    Workers.mustBeWhole(context);
    context.contentType(mediaType);
    if (file != null) {
      context.header("Content-Disposition", "attachment; filename=\"" + file + "\"");
    }
    Clients.Client client = guard.client(context);
    context.result(
        new PartStream(
            first == null ? "" : first,
            () -> further(client, source),
            cause -> breakOff(context, cause)));
  }

  /** A further part; what there was no time for on a machine with much to do is tried again. */
  private @Nullable String further(Clients.Client client, Source source) throws Exception {
    for (int tries = 1; tries < MOST_TRIES; tries++) {
      try {
        return part(client, source);
      } catch (PageReader.CutException e) {
        // Once more, in a budget of its own.
      }
    }
    return part(client, source);
  }

  private @Nullable String part(Clients.Client client, Source source) throws Exception {
    return guard.part(client, () -> workers.part(source::next));
  }

  private static final class PartStream extends InputStream {
    private final Source rest;
    private final Consumer<IOException> breakOff;
    private byte[] part;
    private int at;
    private boolean ended;

    PartStream(String first, Source rest, Consumer<IOException> breakOff) {
      this.rest = rest;
      this.breakOff = breakOff;
      this.part = first.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      while (at == part.length) {
        String next = ended ? null : next();
        if (next == null) {
          ended = true;
          return -1;
        }
        part = next.getBytes(StandardCharsets.UTF_8);
        at = 0;
      }
      int count = Math.min(length, part.length - at);
      System.arraycopy(part, at, into, offset, count);
      at += count;
      return count;
    }

    private @Nullable String next() throws IOException {
      try {
        return rest.next();
      } catch (Exception e) {
        IOException broken = new IOException("an answer could not be continued", e);
        breakOff.accept(broken);
        throw broken;
      }
    }
  }

  /** An end without the last chunk tells the client that this is not all. */
  private static void breakOff(Context context, IOException cause) {
    ServletContextRequest.getServletContextRequest(context.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close(cause);
  }
}
