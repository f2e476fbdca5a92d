package dev.earmark.iiif;

import dev.earmark.model.TimeSpan;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where the resources of an episode are.
 *
 * @param base what an address of ours begins with, such as {@code https://example.org}
 * @param id of the episode
 */
record Addresses(String base, String id) {

  private String of(String resource) {
    return base + "/iiif/" + encode(id) + "/" + resource;
  }

  String manifest() {
    return of("manifest");
  }

  String canvas() {
    return of("canvas");
  }

  /** A stretch of the canvas, as a media fragment. */
  String canvas(TimeSpan span) {
    return at(canvas(), span);
  }

  /** The transcript as WebVTT. */
  String transcript() {
    return of("transcript.vtt");
  }

  /** A stretch of the transcript, as a media fragment. */
  String transcript(TimeSpan span) {
    return at(transcript(), span);
  }

  /** A local media file, {@code audio} or {@code video}. */
  String media(String type) {
    return of("media/" + type);
  }

  /** The annotations that are captions. */
  String captions() {
    return of("annotations/captions");
  }

  /** The annotations that are notes. */
  String notes() {
    return of("annotations/notes");
  }

  /** A service: {@code search} or {@code autocomplete} of a version. */
  String service(String name, int version) {
    return of(name + "/" + version);
  }

  /** Search in the transcript as a file. */
  String transcriptSearch() {
    return of("transcript/search");
  }

  /** The collection of a show. */
  static String collection(String base, String show) {
    return base + "/iiif/" + encode(show) + "/collection";
  }

  /** The page of a show. */
  static String showPage(String base, String show) {
    return base + "/show/" + encode(show);
  }

  /** The collection of all shows. */
  static String collection(String base) {
    return base + "/iiif/collection";
  }

  private static String at(String address, TimeSpan span) {
    String start = address + "#t=" + span.start().seconds();
    return span.end() == null || span.durationMs() == 0
        ? start
        : start + "," + span.end().seconds();
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
