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
import java.net.URI;
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
    boolean isPrivate = settings.isPrivate();
    transport =
        HttpServletStatelessServerTransport.builder()
            .jsonMapper(McpJsonDefaults.getMapper())
            .messageEndpoint(PATH)
            .contextExtractor(request ->
                McpTransportContext.create(
                    Map.of(
                        AssistantDoor.BASE,
                        String.valueOf(request.getAttribute(AssistantDoor.BASE)))))
            .httpHeaderValidator(headers -> requireOwnOrigin(headers, isPrivate))
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

  /**
   * Refuses pages of other sites.
   *
   * @param isPrivate whether only this machine can reach the server: then a page may ask only by a
   *     name of this machine, since the name of another site can be made to lead here, too
   */
  private static void requireOwnOrigin(HeaderAccessor headers, boolean isPrivate)
      throws ServerTransportSecurityException {
    String origin = first(headers, "Origin");
    String host = first(headers, "Host");
    boolean isOwn =
        origin == null
            || (host != null
                && host.equalsIgnoreCase(authority(origin))
                && (!isPrivate || ServerSettings.isOfThisMachine(withoutPort(host))));
    if (!isOwn) {
      throw new ServerTransportSecurityException(
          403,
          "only pages of this server may ask; leave the Origin header out, or call the server by"
              + " the name in it"
              + (isPrivate
                  ? ", which must be one of this machine unless serve has --behind-proxy"
                  : ""));
    }
  }

  private static String withoutPort(String host) {
    return host.replaceFirst(":\\d+$", "");
  }

  private static @Nullable String authority(String origin) {
    try {
      return URI.create(origin).getRawAuthority();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String first(HeaderAccessor headers, String name) {
    List<String> values = headers.getHeader(name);
    return values == null || values.isEmpty() ? null : values.getFirst();
  }
}
