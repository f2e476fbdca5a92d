package dev.earmark.mcp;

import dev.earmark.search.BadRequestException;
import dev.earmark.search.SearchEngine;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets assistants search an index, over one of the protocol's transports. Thread-safe. */
public final class AssistantDoor {
  private static final Logger LOG = LoggerFactory.getLogger(AssistantDoor.class);

  /** In the context of a call over HTTP: the address that links begin with. */
  public static final String BASE = "earmark.base";

  private static final String NAME = "earmark";
  private static final String VERSION = "0.1.0";
  private static final String INSTRUCTIONS =
      "Earmark searches what was said in recordings: podcasts, meetings, interviews. Search first,"
          + " read around what you find, then answer with quotations and their links. Cite speaker,"
          + " episode and time for each. Where nothing is found, say so, and try fewer or other"
          + " words before you say that it was never said.";

  private final List<Tool> tools;

  public AssistantDoor(SearchEngine engine) {
    this.tools = new Tools(engine).all();
  }

  /**
   * Answers a client until its stream ends.
   *
   * @param in what it sends; nobody else may read from it
   * @param out where answers go; nobody else may write to it
   * @param base the address that links begin with, such as {@code http://127.0.0.1:7070}; empty for
   *     addresses relative to a server
   */
  public void serve(InputStream in, OutputStream out, String base) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    McpSyncServer server =
        McpServer.sync(
                new StdioServerTransportProvider(
                    McpJsonDefaults.getMapper(), new Watched(in, ended), out))
            .serverInfo(NAME, VERSION)
            .instructions(INSTRUCTIONS)
            .capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
            .tools(
                tools.stream()
                    .map(tool ->
                        new McpServerFeatures.SyncToolSpecification(
                            described(tool), (exchange, call) -> answer(tool, call, base)))
                    .toList())
            .build();
    ended.await();
    server.closeGracefully();
  }

  /** Answers the calls that come over a transport of HTTP, each by itself. */
  public void serve(McpStatelessServerTransport transport) {
    McpServer.sync(transport)
        .serverInfo(NAME, VERSION)
        .instructions(INSTRUCTIONS)
        .capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
        // The thread of the request is one of many that cost little: no pool is needed beside it.
        .immediateExecution(true)
        .tools(
            tools.stream()
                .map(tool ->
                    new McpStatelessServerFeatures.SyncToolSpecification(
                        described(tool), (context, call) -> answer(tool, call, base(context))))
                .toList())
        .build();
  }

  private static String base(McpTransportContext context) {
    Object base = context.get(BASE);
    return base == null ? "" : base.toString();
  }

  private static McpSchema.Tool described(Tool tool) {
    return McpSchema.Tool.builder(tool.name(), tool.arguments())
        .title(tool.title())
        .description(tool.description())
        .annotations(
            McpSchema.ToolAnnotations.builder()
                .title(tool.title())
                .readOnlyHint(true)
                .destructiveHint(false)
                .idempotentHint(true)
                .openWorldHint(false)
                .build())
        .build();
  }

  private static McpSchema.CallToolResult answer(
      Tool tool, McpSchema.CallToolRequest call, String base) {
    try {
      return text(tool.call().answer(new Arguments(call.arguments()), base), false);
    } catch (ArgumentException | BadRequestException e) {
      return text(String.valueOf(e.getMessage()), true);
    } catch (IOException | RuntimeException e) {
      LOG.error("the tool {} failed", tool.name(), e);
      return text("The index could not be read: " + e.getMessage(), true);
    }
  }

  private static McpSchema.CallToolResult text(String text, boolean isError) {
    return McpSchema.CallToolResult.builder().addTextContent(text).isError(isError).build();
  }

  /** Tells when a stream has ended: the transport does not. */
  private static final class Watched extends FilterInputStream {
    private final CountDownLatch ended;

    Watched(InputStream in, CountDownLatch ended) {
      super(in);
      this.ended = ended;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      if (read < 0) {
        ended.countDown();
      }
      return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      if (read < 0) {
        ended.countDown();
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      ended.countDown();
      super.close();
    }
  }
}
