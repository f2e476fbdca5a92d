package dev.earmark.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.earmark.export.Asked;
import dev.earmark.export.Transcript;
import dev.earmark.export.TranscriptFormat;
import dev.earmark.export.Vault;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Kind;
import dev.earmark.query.NotUnderstood;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.PageReader;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.Tracks;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Prints the transcript of an episode, or adds what is found to the notes of a vault.
 *
 * <p>Which of the two says {@code --as} or {@code --vault}.
 */
@Command(
    name = "export",
    description = "Print the transcript of an episode, or add quotations to the notes of a vault.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  private static final int AT_ONCE = 200;

  @Parameters(paramLabel = "EPISODE", arity = "0..1", description = "the id of an episode")
  private @Nullable String episode;

  @Option(
      names = "--as",
      paramLabel = "FORM",
      description = "print it: vtt, srt, json, txt, md, ttml, eaf (ELAN), textgrid (Praat) or tei")
  private @Nullable String form;

  @Option(
      names = "--track",
      paramLabel = "DOCUMENT",
      description =
          "file name of the transcript to print, if there are several; also of one that is kept but"
              + " not searched")
  private @Nullable String track;

  @Option(
      names = "--vault",
      paramLabel = "DIR",
      description =
          "add what is said in EPISODE, or what --query finds, to a note in this folder, such as a"
              + " vault of Obsidian; what stands in the note stays as it is")
  private @Nullable Path vault;

  @Option(
      names = "--query",
      paramLabel = "QUERY",
      description = "with --vault: only what this finds, in EPISODE or everywhere")
  private @Nullable String query;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "with --vault: where the links lead; default: ${DEFAULT-VALUE}")
  private String server = "http://127.0.0.1:7070";

  @Mixin private IndexOptions index = new IndexOptions();

  @Override
  public Integer call() throws IOException {
    if ((form == null) == (vault == null)) {
      throw wrongUsage(
          "say what to write: --as FORM prints a transcript, --vault DIR adds to a note");
    }
    return form == null ? toVault(Objects.requireNonNull(vault)) : print(form);
  }

  private int print(String form) throws IOException {
    TranscriptFormat format =
        TranscriptFormat.of(form)
            .orElseThrow(() ->
                wrongUsage(
                    "--as must be one of " + TranscriptFormat.ids() + ", got \"" + form + "\""));
    if (query != null) {
      throw wrongUsage("--query goes with --vault; a transcript is printed whole");
    }
    IndexPlace place = index.required();
    try (SearchEngine engine = place.openForReading()) {
      EpisodeEntry entry = entry(engine, place);
      Transcript transcript =
          Transcript.of(entry.episode(), moments(engine, entry))
              .orElseThrow(() ->
                  new CommandFailedException(
                      Main.FAILED,
                      "there is no transcript of \"" + episode + "\", only notes or chapters"));
      System.out.print(transcript.as(format));
    }
    return 0;
  }

  private EpisodeEntry entry(SearchEngine engine, IndexPlace place) throws IOException {
    if (episode == null) {
      throw wrongUsage("say which EPISODE, by its id");
    }
    return engine
        .episode(episode)
        .orElseThrow(() ->
            new CommandFailedException(
                Main.FAILED, "there is no episode \"" + episode + "\" in " + place));
  }

  private int toVault(Path folder) throws IOException {
    if (track != null) {
      throw wrongUsage("--track goes with --as; a note has what is searched");
    }
    if (episode == null && (query == null || query.isBlank())) {
      throw wrongUsage("say what to add to the vault: an EPISODE, a --query, or both");
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw wrongUsage("--vault must be a folder, and " + folder + " is a file");
    }
    String base = base();
    IndexPlace place = index.required();
    SearchRequest request = SearchRequest.of(query == null ? "" : query).withLimit(AT_ONCE);
    for (NotUnderstood part : request.query().notUnderstood()) {
      System.err.println("earmark: at " + (part.from() + 1) + " in the query: " + part.message());
    }
    try (SearchEngine engine = place.openForReading()) {
      Vault.Written written;
      Vault notes = Vault.open(folder);
      if (episode == null) {
        String page = base + "/?q=" + URLEncoder.encode(request.query().text(), UTF_8);
        Asked asked = new Asked(request, base, page, page, "");
        written = notes.addSearch(asked, PageReader.ofMeant(engine, request));
      } else {
        EpisodeEntry entry = entry(engine, place);
        request = request.withFilter("episode", episode).withSort(SearchRequest.Sort.TIME);
        if (query == null) {
          request = request.withFilter("kind", Kind.SEGMENT.id(), Kind.QUOTE.id());
        }
        Asked asked = new Asked(request, base, base, base, "");
        written = notes.addEpisode(entry.episode(), asked, PageReader.ofMeant(engine, request));
      }
      if (written.added() + written.there() == 0) {
        System.err.println("nothing was found, so no note was written");
      } else {
        System.err.println(
            Count.of(written.added(), "quotation")
                + " added"
                + (written.there() == 0 ? "" : ", " + written.there() + " there already"));
        System.out.println(written.file());
      }
    }
    return 0;
  }

  private String base() {
    String base = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    if (!base.matches("https?://[^\\s()<>]+")) {
      throw wrongUsage(
          "--server must be an address such as http://127.0.0.1:7070, got \"" + server + "\"");
    }
    return base;
  }

  private static CommandFailedException wrongUsage(String message) {
    return new CommandFailedException(Main.WRONG_USAGE, message);
  }

  private List<StoredMoment> moments(SearchEngine engine, EpisodeEntry entry) throws IOException {
    try {
      return Tracks.of(engine, entry, track);
    } catch (BadRequestException e) {
      throw new CommandFailedException(Main.FAILED, String.valueOf(e.getMessage()));
    }
  }
}
