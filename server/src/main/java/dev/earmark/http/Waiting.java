package dev.earmark.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the client of a request still waits for its answer, while that is being made.
 *
 * <p>Who has sent a request has nothing more to send before the answer, so a connection on which
 * something can be read is one that was hung up. Looking reads nothing, so nothing is lost to a
 * client that sent its next request too early but the answer to this one. Not thread-safe.
 */
final class Waiting implements AutoCloseable {
  private final @Nullable Selector selector;
  private boolean gone;

  private Waiting(@Nullable Selector selector) {
    this.selector = selector;
  }

  /** Looks at the connection of a request whose body was read. */
  static Waiting of(Context context) throws IOException {
    Object transport =
        ServletContextRequest.getServletContextRequest(context.req())
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint()
            .getTransport();
    if (!(transport instanceof SocketChannel channel) || channel.isBlocking()) {
      return new Waiting(null);
    }
    Selector selector = Selector.open();
    Waiting waiting = new Waiting(selector);
    try {
      channel.register(selector, SelectionKey.OP_READ);
    } catch (ClosedChannelException e) {
      waiting.gone = true;
    }
    return waiting;
  }

  /** Whether the client has hung up. */
  boolean isGone() {
    if (!gone && selector != null) {
      try {
        gone = selector.selectNow() > 0;
      } catch (IOException e) {
        gone = true;
      }
    }
    return gone;
  }

  @Override
  public void close() throws IOException {
    if (selector != null) {
      selector.close();
    }
  }
}
