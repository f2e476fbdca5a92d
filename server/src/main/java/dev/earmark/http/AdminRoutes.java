package dev.earmark.http;

import dev.earmark.index.IndexSummary;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.UnauthorizedResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** What the holder of the token may do. Without a token these addresses are not there at all. */
final class AdminRoutes {
  private static final String SCHEME = "Bearer ";

  private final ServerSettings.Admin admin;

  AdminRoutes(ServerSettings.Admin admin) {
    this.admin = admin;
  }

  void addTo(Api api) {
    api.post("/api/v1/index", this::update)
        .does("index", "Brings the index up to date with the paths that are served")
        .needsToken()
        .refuses(409, "It is being brought up to date already")
        .answers(IndexSummary.class, "What was done");
  }

  private void update(Context context) throws IOException {
    if (!isHolder(context.header("Authorization"))) {
      context.header("WWW-Authenticate", "Bearer");
      throw new UnauthorizedResponse(
          "the token is missing or wrong; send it as Authorization: Bearer TOKEN");
    }
    IndexSummary summary =
        admin
            .update()
            .run()
            .orElseThrow(
                () -> new ConflictResponse("the index is being brought up to date already; wait"));
    // Nothing that depends on a secret is packed: its length would tell of it.
    context.disableCompression().json(summary);
  }

  private boolean isHolder(@Nullable String header) {
    return header != null
        && header.startsWith(SCHEME)
        && MessageDigest.isEqual(sum(header.substring(SCHEME.length())), sum(admin.token()));
  }

  /** Of one length whatever the token's, so that the comparison takes one time. */
  private static byte[] sum(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
