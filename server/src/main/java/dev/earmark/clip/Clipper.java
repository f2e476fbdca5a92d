package dev.earmark.clip;

import dev.earmark.clip.ClipException.Reason;
import dev.earmark.index.MediaFile;
import dev.earmark.model.Timestamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Cuts clips out of media files, with ffmpeg.
 *
 * <p>A clip is encoded anew, since between two frames that can be begun with there may be seconds.
 * The programs are started without a shell, read no other file than the one they are given and
 * nothing from the web, are bounded in number and time, and are killed as soon as nobody waits for
 * what they do. Thread-safe.
 *
 * @see <a href="https://ffmpeg.org/ffmpeg.html">ffmpeg</a>
 */
public final class Clipper {
  private static final long LOOK_MS = 50;
  private static final long PATIENCE_MS = 2_000;

  /** Captions often end a little behind the sound. */
  private static final long GRACE_MS = 1_000;

  /**
   * Decoding begins so much before the clip: a frame of MP3 needs bytes of frames before it, and
   * the first after a jump would be silent without them.
   */
  private static final long LEAD_IN_MS = 1_000;

  private static final int LONGEST_COMPLAINT = 300;
  private static final String THREADS = "2";

  /** Formats of media files; none of them names other files. */
  private static final String FORMATS =
      "mp3,aac,mov,mp4,m4a,3gp,3g2,mj2,ogg,flac,wav,w64,aiff,matroska,webm,asf,avi";

  private final String ffmpeg;
  private final String ffprobe;
  private final Duration deadline;
  private final Semaphore working;

  /**
   * @param ffmpeg the program, by its name or path
   * @param ffprobe the program that comes with it
   * @param atOnce how many clips may be cut at once
   * @param deadline how long a clip may take
   */
  public Clipper(String ffmpeg, String ffprobe, int atOnce, Duration deadline) {
    this.ffmpeg = ffmpeg;
    this.ffprobe = ffprobe;
    this.deadline = deadline;
    this.working = new Semaphore(atOnce, true);
  }

  /** One that cuts on half of the processors. */
  public static Clipper usual(Duration deadline) {
    int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new Clipper("ffmpeg", "ffprobe", atOnce, deadline);
  }

  /**
   * Cuts a clip. Where it cannot be cut nothing is left of it.
   *
   * @param fromMs where it begins
   * @param toMs where it ends, behind its beginning; a little behind the recording's end is its end
   * @param out the file, which is written over
   * @param abandoned whether nobody waits for it any more; asked again and again
   * @throws ClipException if it cannot be cut, with the reason
   */
  public void cut(
      MediaFile media, long fromMs, long toMs, ClipForm form, Path out, BooleanSupplier abandoned)
      throws ClipException, InterruptedException {
    if (fromMs < 0 || toMs <= fromMs) {
      throw new IllegalArgumentException("a clip from " + fromMs + " to " + toMs + " ms");
    }
    if (!working.tryAcquire(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
      throw new ClipException(Reason.BUSY, "other clips are being cut; ask again in a few seconds");
    }
    boolean done = false;
    try {
      long until = System.nanoTime() + deadline.toNanos();
      long lengthMs = lengthMs(media, until, abandoned);
      if (fromMs >= lengthMs || toMs > lengthMs + GRACE_MS) {
        throw new ClipException(
            Reason.BEYOND_END,
            "the recording is "
                + Timestamp.clamped(lengthMs).clock()
                + " long; "
                + (fromMs >= lengthMs ? "begin" : "end")
                + " before that");
      }
      run(command(media, fromMs, Math.min(toMs, lengthMs), form, out), until, abandoned);
      done = true;
    } finally {
      working.release();
      if (!done) {
        delete(out);
      }
    }
  }

  private List<String> command(MediaFile media, long fromMs, long toMs, ClipForm form, Path out) {
    List<String> command =
        new ArrayList<>(List.of(ffmpeg, "-nostdin", "-hide_banner", "-v", "error", "-y"));
    long leadIn = Math.min(fromMs, LEAD_IN_MS);
    command.addAll(
        List.of("-threads", THREADS, "-ss", Timestamp.clamped(fromMs - leadIn).seconds()));
    command.addAll(input(media));
    command.addAll(List.of("-ss", Timestamp.clamped(leadIn).seconds()));
    command.addAll(List.of("-t", Timestamp.clamped(toMs - fromMs).seconds()));
    if (form.isVideo()) {
      command.addAll(List.of("-map", "0:v:0", "-map", "0:a:0?"));
    } else {
      command.addAll(List.of("-map", "0:a:0"));
    }
    // Chapters and cues of the whole do not fit a part of it.
    command.addAll(List.of("-map_chapters", "-1", "-sn", "-dn", "-threads", THREADS));
    command.addAll(form.encoding());
    command.add("file:" + out.toAbsolutePath());
    return command;
  }

  private static List<String> input(MediaFile media) {
    return List.of(
        "-protocol_whitelist",
        "file",
        "-format_whitelist",
        FORMATS,
        "-i",
        "file:" + media.path().toAbsolutePath());
  }

  private long lengthMs(MediaFile media, long until, BooleanSupplier abandoned)
      throws ClipException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(ffprobe, "-v", "error"));
    command.addAll(List.of("-show_entries", "format=duration", "-of", "csv=p=0"));
    command.addAll(input(media));
    String printed = run(command, until, abandoned);
    try {
      return Math.round(Double.parseDouble(lastLine(printed)) * 1000);
    } catch (NumberFormatException e) {
      throw new ClipException(
          Reason.FAILED, "it is not known how long the recording is; write it anew with ffmpeg");
    }
  }

  /** What a program prints. */
  private static String run(List<String> command, long until, BooleanSupplier abandoned)
      throws ClipException, InterruptedException {
    Path printed = null;
    try {
      printed = Files.createTempFile("earmark-clip", ".txt");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(printed.toFile())
              .start();
      try {
        process.getOutputStream().close();
        while (!process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
          if (abandoned.getAsBoolean()) {
            throw new ClipException(Reason.ABANDONED, "whoever asked for the clip is gone");
          }
          if (System.nanoTime() - until > 0) {
            throw new ClipException(
                Reason.TOO_SLOW, "the clip takes too long to cut; ask for a shorter one");
          }
        }
      } finally {
        if (process.isAlive()) {
          process.destroyForcibly().waitFor();
        }
      }
      String text = Files.readString(printed, StandardCharsets.ISO_8859_1);
      if (process.exitValue() != 0) {
        throw new ClipException(Reason.FAILED, "the recording cannot be cut: " + complaint(text));
      }
      return text;
    } catch (ClipException e) {
      throw e;
    } catch (IOException e) {
      if (!isThere(command.getFirst())) {
        throw new ClipException(
            Reason.NO_PROGRAM,
            "cutting a clip needs ffmpeg, which is not installed here; install it (Debian: apt-get"
                + " install ffmpeg) and ask again");
      }
      throw new ClipException(Reason.FAILED, "the recording cannot be cut: " + e.getMessage());
    } finally {
      if (printed != null) {
        delete(printed);
      }
    }
  }

  /** Whether a program can be started. */
  private static boolean isThere(String program) {
    try {
      Process process =
          new ProcessBuilder(program, "-version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.destroyForcibly();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The last thing said, without the paths of this machine. */
  private static String complaint(String text) {
    String told = lastLine(text).replaceAll("file:\\S*|/\\S*/", "…").strip();
    return told.length() <= LONGEST_COMPLAINT ? told : told.substring(0, LONGEST_COMPLAINT) + "…";
  }

  private static String lastLine(String text) {
    return text.strip().lines().reduce("", (before, line) -> line).strip();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is in the folder for temporary files, which the system empties.
    }
  }
}
