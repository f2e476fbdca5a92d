package dev.earmark.corpus;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * Identifies an episode's content: SHA-256 over its manifest, the names of its sources and their
 * bytes, and {@link #READING}. The same fingerprint means that there is nothing new to index,
 * whatever the clock says of the files.
 *
 * @param value the sum in hexadecimal digits
 * @param missing the sources that cannot be read now; the sum says that they were missing
 * @param outdated the sources of which an older version stands in
 */
public record Fingerprint(String value, List<Problem> missing, List<Problem> outdated) {
  /**
   * Grows with every change after which the same bytes are read otherwise, or their words get other
   * terms, so that an index that exists reads its episodes again.
   */
  static final int READING = 1;

  private static final int HEAD = 4 << 10;

  public Fingerprint {
    missing = List.copyOf(missing);
    outdated = List.copyOf(outdated);
  }

  /**
   * The fingerprint of an episode as it is now.
   *
   * @throws IOException if its manifest cannot be read
   */
  public static Fingerprint of(EpisodeInput input, Fetcher fetcher) throws IOException {
    return of(input, fetcher, READING);
  }

  /** The same as it is where sources are read as in another version. */
  static Fingerprint of(EpisodeInput input, Fetcher fetcher, int reading) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    byte[] buffer = new byte[64 << 10];
    begin(digest, "reading " + reading);
    if (input.manifest() != null) {
      add(digest, "manifest", Files.newInputStream(input.manifest()), buffer);
    } else if (!input.fields().equals(EpisodeFields.NONE)) {
      begin(digest, input.fields().toString());
    }
    addBeside(digest, input.beside());
    List<Problem> missing = new ArrayList<>();
    List<Problem> outdated = new ArrayList<>();
    for (SourceInput source : input.sources()) {
      if (source.encoding() != null) {
        begin(digest, "encoding " + source.encoding().name());
      }
      add(digest, source, fetcher, buffer, missing, outdated);
    }
    return new Fingerprint(HexFormat.of().formatHex(digest.digest()), missing, outdated);
  }

  private static void addBeside(MessageDigest digest, EpisodeInput.Beside beside)
      throws IOException {
    for (EpisodeFields fields : List.of(beside.inherited(), beside.guessed())) {
      if (!fields.equals(EpisodeFields.NONE)) {
        begin(digest, fields.toString());
      }
    }
    if (!beside.labels().isEmpty()) {
      begin(digest, new TreeMap<>(beside.labels()).toString());
    }
    if (!beside.heard().isEmpty()) {
      begin(digest, "heard " + new TreeMap<>(beside.heard()));
    }
    if (!beside.ids().isEmpty()) {
      begin(digest, "ids " + new TreeMap<>(beside.ids()));
    }
    for (List<SourceRef> pictures : List.of(beside.pictures().own(), beside.pictures().ofShow())) {
      for (SourceRef picture : pictures) {
        begin(digest, "picture " + picture.name());
        switch (picture) {
          case SourceRef.LocalFile file -> {
            // One picture may be that of a thousand episodes; its head tells it from most others.
            begin(
                digest,
                Files.exists(file.path()) ? Long.toString(Files.size(file.path())) : "gone");
            try (InputStream in = Files.newInputStream(file.path())) {
              digest.update(in.readNBytes(HEAD));
            } catch (IOException e) {
              begin(digest, "unreadable");
            }
          }
          // What lies at an address is taken to stay the same: who changes it changes the address.
          default -> begin(digest, picture.location());
        }
      }
    }
    // A recording may be large: what can change unseen is its middle, of which nothing is read.
    for (Path recording : beside.recordings()) {
      begin(digest, "recording " + recording.getFileName());
      begin(digest, Files.exists(recording) ? Long.toString(Files.size(recording)) : "gone");
    }
  }

  /** Adds the first place of a source that can be opened: the one that will be read. */
  private static void add(
      MessageDigest digest,
      SourceInput source,
      Fetcher fetcher,
      byte[] buffer,
      List<Problem> missing,
      List<Problem> outdated) {
    List<Problem> failures = new ArrayList<>();
    for (SourceRef place : source.places()) {
      try {
        add(digest, place.name(), place.open(fetcher), buffer);
        Problem old = EpisodeReader.outdated(place, fetcher);
        if (old != null) {
          outdated.add(old);
        }
        return;
      } catch (IOException e) {
        failures.add(EpisodeReader.cannotRead(place, e));
      }
    }
    begin(digest, "missing");
    missing.addAll(failures);
  }

  private static void add(MessageDigest digest, String name, InputStream content, byte[] buffer)
      throws IOException {
    try (InputStream in = content) {
      begin(digest, name);
      long length = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        length += read;
      }
      begin(digest, Long.toString(length));
    }
  }

  private static void begin(MessageDigest digest, String name) {
    digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
