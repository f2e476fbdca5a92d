package dev.earmark.vector;

/** A model cannot be used. The message names it, says why, and what to do. */
public class EmbeddingModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EmbeddingModelException(String message) {
    super(message);
  }

  public EmbeddingModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
