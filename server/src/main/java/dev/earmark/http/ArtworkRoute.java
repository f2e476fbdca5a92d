package dev.earmark.http;

import dev.earmark.model.MediaType;
import dev.earmark.search.SearchEngine;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;

/**
 * Sends the pictures of episodes and shows, from the index alone. An id stands for its bytes for
 * good, so that a browser asks once. Thread-safe.
 */
record ArtworkRoute(SearchEngine engine) {

  void serve(Context context) throws IOException {
    String id = context.pathParam("id");
    byte[] bytes =
        engine
            .picture(id)
            .orElseThrow(() -> new NotFoundResponse("there is no picture \"" + id + "\""));
    String tag = '"' + id + '"';
    context.header("Cache-Control", "public, max-age=31536000, immutable");
    context.header("ETag", tag);
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.contentType(MediaType.ofPicture(bytes)).result(bytes);
    }
  }
}
