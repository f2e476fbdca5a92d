package dev.earmark.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.earmark.clip.ClipException;
import dev.earmark.clip.ClipForm;
import dev.earmark.clip.Clipper;
import dev.earmark.export.Transcript;
import dev.earmark.export.TranscriptFormat;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.MediaFile;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.SearchEngine;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Clips of episodes whose media lie here: the stretch as a file, its captions, or all of it packed.
 *
 * <p>Cutting changes nothing and gives nothing that is not served anyway, so no token is needed. It
 * costs the processor more than a search, though: a clip is bounded in length and time, the time
 * counts against its client, few are cut at once, and one whose client hangs up is given up.
 * Thread-safe.
 */
final class ClipRoutes {
  static final String PATH = "/api/v1/clips";

  private static final long LONGEST_MS = 600_000;

  /** Seconds as programs work them out, such as {@code 6.148999999999999}. */
  private static final Pattern COMPUTED = Pattern.compile("\\d{1,7}\\.\\d{4,20}");

  private static final String PACKED = "zip";
  private static final String PACKED_TYPE = "application/zip";
  private static final List<TranscriptFormat> CAPTIONS =
      List.of(TranscriptFormat.VTT, TranscriptFormat.SRT);

  private final SearchEngine engine;
  private final Guard guard;
  private final Clipper clipper;
  private final OwnPages own;

  ClipRoutes(SearchEngine engine, Guard guard, Clipper clipper, OwnPages own) {
    this.own = own;
    this.engine = engine;
    this.guard = guard;
    this.clipper = clipper;
  }

  /**
   * What is asked for.
   *
   * @param episode its id
   * @param from where the clip begins, such as {@code 13:55} or {@code 835.2}
   * @param to where it ends, ten minutes later at most
   * @param form mp3, m4a, ogg, flac, wav, mp4, webm, vtt, srt, or zip for the file with its
   *     captions; that of the recording if it is left out
   */
  record ClipBody(
      @Nullable String episode,
      @Nullable String from,
      @Nullable String to,
      @Nullable String form) {}

  void addTo(Api api) {
    List<String> types = new ArrayList<>();
    Arrays.stream(ClipForm.values()).map(ClipForm::mediaType).forEach(types::add);
    CAPTIONS.stream().map(TranscriptFormat::mediaType).forEach(types::add);
    types.add(PACKED_TYPE);
    api.post(PATH, this::cut)
        .does("clip", "Cuts a stretch out of an episode's own media file, or out of its captions")
        .receives(ClipBody.class)
        .answersAs("The clip", types.toArray(String[]::new))
        .refuses(403, "A page of another site asks")
        .refuses(422, "The recording cannot be cut")
        .refuses(501, "ffmpeg is not installed on the server")
        .refuses(503, "Other clips are being cut, or this one takes too long");
  }

  private void cut(Context context) throws IOException, InterruptedException {
    // A page of another site must not have a reader's browser set the processor to work.
    if (!own.mayAsk(context.header("Origin"), context.header("Host"))) {
      throw new HttpResponseException(403, own.refusal(), Map.of());
    }
    ClipBody body = body(context);
    String id = required("episode", body.episode());
    TimeSpan stretch = stretch(body);
    EpisodeEntry entry =
        engine
            .episode(id)
            .orElseThrow(() -> new NotFoundResponse("there is no episode \"" + id + "\""));
    String name = id.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + stretch.start().seconds();
    Optional<TranscriptFormat> captions =
        CAPTIONS.stream().filter(each -> each.id().equals(body.form())).findFirst();
    if (captions.isPresent()) {
      TranscriptFormat format = captions.get();
      context.contentType(format.mediaType() + "; charset=utf-8");
      attach(context, name + "." + format.id());
      context.result(
          transcript(entry)
              .orElseThrow(
                  () -> new NotFoundResponse("there is no transcript of \"" + id + "\" to cut"))
              .as(format, stretch));
      return;
    }
    boolean packed = PACKED.equals(body.form());
    ClipForm asked = packed || body.form() == null ? null : form(body.form());
    MediaFile media = media(entry, asked);
    ClipForm form = asked == null ? ClipForm.like(media) : asked;
    Path folder = Files.createTempDirectory("earmark-clip");
    Path file = folder.resolve("clip." + form.id());
    try {
      cut(context, media, stretch, form, file);
      context.disableCompression();
      if (packed) {
        context.contentType(PACKED_TYPE);
        attach(context, name + "." + PACKED);
        pack(name, form, file, captions(entry, stretch), context.outputStream());
      } else {
        context.contentType(form.mediaType());
        attach(context, name + "." + form.id());
        context.res().setContentLengthLong(Files.size(file));
        Files.copy(file, context.outputStream());
      }
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  /** Cuts it within what the client may still have. */
  private void cut(Context context, MediaFile media, TimeSpan stretch, ClipForm form, Path file)
      throws IOException, InterruptedException {
    Clients.Client client = guard.client(context);
    if (client.secondsInDebt() > 0) {
      context.header("Retry-After", Long.toString(client.secondsInDebt()));
      throw new HttpResponseException(
          429,
          "what your address asked for took more time than one client may take; ask again in "
              + client.secondsInDebt()
              + " s",
          Map.of());
    }
    long begun = System.nanoTime();
    try (Waiting waiting = Waiting.of(context)) {
      clipper.cut(media, stretch.startMs(), stretch.endMs(), form, file, waiting::isGone);
    } catch (ClipException e) {
      throw refusal(context, e);
    } finally {
      client.spend(System.nanoTime() - begun);
    }
  }

  private static RuntimeException refusal(Context context, ClipException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case BEYOND_END -> new BadRequestException("to", message);
      case NO_PROGRAM -> new HttpResponseException(501, message, Map.of());
      case FAILED -> new HttpResponseException(422, message, Map.of());
      case BUSY -> {
        context.header("Retry-After", "5");
        yield new HttpResponseException(503, message, Map.of());
      }
      case TOO_SLOW, ABANDONED -> new HttpResponseException(503, message, Map.of());
    };
  }

  private static void pack(
      String name, ClipForm form, Path file, Map<String, String> captions, OutputStream out)
      throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      // What was encoded gets no smaller.
      zip.setLevel(0);
      zip.putNextEntry(new ZipEntry(name + "." + form.id()));
      Files.copy(file, zip);
      zip.closeEntry();
      for (Map.Entry<String, String> each : captions.entrySet()) {
        zip.putNextEntry(new ZipEntry(name + "." + each.getKey()));
        zip.write(each.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
  }

  private Map<String, String> captions(EpisodeEntry entry, TimeSpan stretch) throws IOException {
    Optional<Transcript> transcript = transcript(entry);
    Map<String, String> captions = new LinkedHashMap<>();
    for (TranscriptFormat format : CAPTIONS) {
      transcript.ifPresent(its -> captions.put(format.id(), its.as(format, stretch)));
    }
    return captions;
  }

  private Optional<Transcript> transcript(EpisodeEntry entry) throws IOException {
    return Transcript.of(entry.episode(), engine.moments(entry.episode().id()));
  }

  private static MediaFile media(EpisodeEntry entry, @Nullable ClipForm asked) {
    Optional<MediaFile> audio = MediaFile.of(entry, entry.episode().media().audio());
    Optional<MediaFile> video = MediaFile.of(entry, entry.episode().media().video());
    String id = entry.episode().id();
    if (asked != null && asked.isVideo()) {
      return video.orElseThrow(() ->
          new NotFoundResponse(
              "there is no video file of \"" + id + "\" on the server; ask for mp3"));
    }
    return (asked == null ? video.or(() -> audio) : audio.or(() -> video))
        .orElseThrow(() ->
            new NotFoundResponse(
                "there is no media file of \""
                    + id
                    + "\" on the server; where it can be heard elsewhere, its page links to it"));
  }

  private static ClipForm form(String id) {
    return ClipForm.of(id)
        .orElseThrow(() ->
            new BadRequestException(
                "form",
                "form must be one of "
                    + ClipForm.names()
                    + ", vtt, srt, zip; got \""
                    + shortened(id)
                    + "\""));
  }

  private static TimeSpan stretch(ClipBody body) {
    Timestamp from = time("from", required("from", body.from()));
    Timestamp to = time("to", required("to", body.to()));
    if (to.compareTo(from) <= 0) {
      throw new BadRequestException("to", "to must be later than from");
    }
    if (to.millis() - from.millis() > LONGEST_MS) {
      throw new BadRequestException(
          "to",
          "a clip may be "
              + LONGEST_MS / 60_000
              + " minutes long; ./earmark clip cuts longer ones");
    }
    return new TimeSpan(from, to);
  }

  private static Timestamp time(String name, String value) {
    if (COMPUTED.matcher(value).matches()) {
      return Timestamp.clamped(Math.round(Double.parseDouble(value) * 1000));
    }
    return Timestamp.tryParse(value)
        .orElseThrow(() ->
            new BadRequestException(
                name,
                name + " must be a time such as 13:55 or 835.2, got \"" + shortened(value) + "\""));
  }

  private static String required(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new BadRequestException(
          name, "the body lacks " + name + "; it is {\"episode\": ID, \"from\": T, \"to\": T}");
    }
    return value;
  }

  private static String shortened(String value) {
    return value.length() <= 60 ? value : value.substring(0, 57) + "…";
  }

  private static ClipBody body(Context context) {
    try {
      ClipBody body = ApiJson.MAPPER.readValue(context.body(), ClipBody.class);
      if (body != null) {
        return body;
      }
    } catch (JsonProcessingException e) {
      // Told below, like a body that is empty.
    }
    throw new BadRequestException(
        "body", "the body must be JSON: {\"episode\": ID, \"from\": T, \"to\": T}");
  }

  private static void attach(Context context, String file) {
    context.header("Content-Disposition", "attachment; filename=\"" + file + "\"");
  }
}
