package dev.earmark.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Where the log goes: to standard error, a line an event.
 *
 * <p>Each line is one write to the file itself, past every buffer that other threads write to, so
 * that it arrives whole. On a terminal it first clears the line that progress is told in.
 *
 * <p>Said here and not in a file, since reading one costs every command a tenth of its start.
 * Logback finds it as a service; a file named with {@code -Dlogback.configurationFile} goes before.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  private static final String FILE = "logback.configurationFile";
  private static final String PATTERN =
      "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\", UTC} level=%level logger=%logger{0} %msg%n";

  /** Made by Logback. */
  public LogSetup() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty(FILE) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    OutputStreamAppender<ILoggingEvent> standardError =
        appender(context, new FileOutputStream(FileDescriptor.err));
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(standardError);
    context.getLogger("dev.earmark").setLevel(Level.INFO);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Writes each event to a stream as a line, at once. */
  static OutputStreamAppender<ILoggingEvent> appender(LoggerContext context, OutputStream out) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern((Terminal.isErr() ? ProgressPrinter.CLEAR_LINE : "") + PATTERN);
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(out);
    appender.start();
    return appender;
  }
}
