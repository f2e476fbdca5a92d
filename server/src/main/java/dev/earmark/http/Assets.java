package dev.earmark.http;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The files that pages need, from the class path. Small and few, so they are read once and kept.
 * Thread-safe.
 */
final class Assets {
  private static final String FOLDER = "earmark/";
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?");
  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "txt", "text/plain; charset=utf-8",
          "xml", "application/xml; charset=utf-8",
          "json", "application/json");

  private record Asset(byte[] bytes, String type, String tag) {}

  private final Map<String, Optional<Asset>> known = new ConcurrentHashMap<>();

  void serve(Context context) {
    String name = context.pathParam("name");
    Asset asset =
        (NAME.matcher(name).matches()
                ? known.computeIfAbsent(name, Assets::read)
                : Optional.<Asset>empty())
            .orElseThrow(() -> new NotFoundResponse("there is no file " + name));
    boolean versioned = context.queryParam("v") != null;
    context.header("Cache-Control", versioned ? "public, max-age=31536000, immutable" : "no-cache");
    context.header("ETag", asset.tag());
    if (asset.tag().equals(context.header("If-None-Match"))) {
      context.status(304);
      return;
    }
    context.contentType(asset.type()).result(asset.bytes());
  }

  private static Optional<Asset> read(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String type = TYPES.get(extension);
    if (type == null) {
      return Optional.empty();
    }
    try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] bytes = in.readAllBytes();
      CRC32 crc = new CRC32();
      crc.update(bytes);
      return Optional.of(new Asset(bytes, type, "\"" + Long.toHexString(crc.getValue()) + "\""));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
