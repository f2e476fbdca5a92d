package dev.earmark.http;

import dev.earmark.mcp.AssistantDoor;
import dev.earmark.search.SearchEngine;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.transport.HeaderAccessor;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.server.transport.ServerTransportSecurityException;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Model Context Protocol at {@code /mcp}: streamable HTTP without sessions.
 *
 * <p>A page of another site must not search through a reader's browser: a request whose {@code
 * Origin} is not the host that was asked is refused with 403, as the protocol demands, and so is
 * one that came by the name of another site that was made to lead to this machine.
 */
final class AssistantRoutes {
  static final String PATH = "/mcp";

  private final HttpServletStatelessServerTransport transport;

  AssistantRoutes(SearchEngine engine, ServerSettings settings) {
    OwnPages own = new OwnPages(settings.isPrivate());
    transport =
        HttpServletStatelessServerTransport.builder()
            .jsonMapper(McpJsonDefaults.getMapper())
            .messageEndpoint(PATH)
            .contextExtractor(request ->
                McpTransportContext.create(
                    Map.of(
                        AssistantDoor.BASE,
                        String.valueOf(request.getAttribute(AssistantDoor.BASE)))))
            .httpHeaderValidator(headers -> requireOwnPage(headers, own))
            .build();
    new AssistantDoor(engine).serve(transport);
  }

  void addTo(RoutesConfig routes) {
    routes.get(PATH, this::handle);
    routes.post(PATH, this::handle);
    routes.delete(PATH, this::handle);
  }

  private void handle(Context context) throws IOException, ServletException {
    context.req().setAttribute(AssistantDoor.BASE, DiscoveryRoutes.base(context));
    transport.service(context.req(), context.res());
  }

  /** Refuses pages of other sites. */
  private static void requireOwnPage(HeaderAccessor headers, OwnPages own)
      throws ServerTransportSecurityException {
    if (!own.mayAsk(first(headers, "Origin"), first(headers, "Host"))) {
      throw new ServerTransportSecurityException(403, own.refusal());
    }
  }

  private static @Nullable String first(HeaderAccessor headers, String name) {
    List<String> values = headers.getHeader(name);
    return values == null || values.isEmpty() ? null : values.getFirst();
  }
}
