package dev.earmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.http.EarmarkServer;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command of {@code docs/doors.md}, pasted into a shell beside a real server. {@code "curl"}
 * and {@code "ffmpeg"} are installed for it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorsTest {
  private static final int SAMPLES_PER_SECOND = 8_000;

  /** Past the end of the clips that are cut. */
  private static final int SECONDS = 900;

  @TempDir static Path folder;
  private LuceneSearchEngine engine;
  private EarmarkServer server;

  @BeforeAll
  void start() throws IOException {
    Path talk = Files.createDirectories(folder.resolve("talks"));
    byte[] silence = new byte[SAMPLES_PER_SECOND * SECONDS];
    AudioFormat format = new AudioFormat(SAMPLES_PER_SECOND, 8, 1, false, false);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(silence), format, silence.length),
        AudioFileFormat.Type.WAVE,
        talk.resolve("tone.wav").toFile());
    Files.writeString(talk.resolve("tone.yaml"), "media: {audio: tone.wav}\n");
    Files.writeString(
        talk.resolve("tone.vtt"), "WEBVTT\n\n13:55.000 --> 14:05.000\nNothing is heard.\n");
    Corpora.index(folder.resolve("index"), Corpora.SEEDS, talk);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    server = EarmarkServer.start(engine, 0);
    try (Stream<Path> files = Files.walk(Corpora.SEEDS)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve("seeds").resolve(Corpora.SEEDS.relativize(file)));
      }
    }
    Path earmark = folder.resolve("earmark");
    Files.writeString(
        earmark,
        "#!/bin/sh\nexec '%s' --enable-native-access=ALL-UNNAMED -cp '%s' %s \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Main.class.getName()));
    Files.setPosixFilePermissions(earmark, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
    engine.close();
  }

  /** The commands in the order in which they stand; {@code mpv} is played elsewhere. */
  static Stream<String> commands() throws IOException {
    List<String> commands =
        Files.readAllLines(Corpora.ROOT.resolve("docs/doors.md")).stream()
            .filter(line -> line.startsWith("    ") && !line.isBlank())
            .map(String::strip)
            .toList();
    assertThat(commands)
        .hasSizeGreaterThan(15)
        .allMatch(command -> command.matches("(curl|\\./earmark|mpv) .*"));
    return commands.stream().filter(command -> !command.startsWith("mpv "));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void worksWhenPasted(String command) throws Exception {
    String pasted =
        command
            .replace("127.0.0.1:7070", "127.0.0.1:" + server.port())
            .replaceAll("\\bID\\b", "tone")
            .replaceAll("\\bDIR\\b", folder.resolve("index").toString());
    String shell = "curl() { command curl -sS --fail-with-body \"$@\"; }\n" + pasted + "\n";
    Path printed = folder.resolve("printed");
    Process process =
        new ProcessBuilder("sh", "-euc", shell)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(pasted).isTrue();
    assertThat(process.exitValue()).as(pasted + "\n" + Files.readString(printed)).isZero();
    int file = pasted.indexOf(" -o ");
    Path written =
        file < 0 ? printed : folder.resolve(pasted.substring(file + 4).strip().split("\\s+")[0]);
    assertThat(written).as(pasted).isNotEmptyFile();
  }
}
