package dev.earmark.vector;

/**
 * Vectors of unit length as signed bytes, a quarter of the room.
 *
 * <p>A number of a unit vector of <em>d</em> dimensions is about 1/√d in size. It is written in
 * steps of 6 / (127 √d): the few beyond six times the usual size are cut off there. For 384
 * dimensions a step is .0024, and a cosine is off by .0008 on the average.
 */
public final class ByteVectors {
  /** How many times the usual size of a number can still be written. */
  private static final double MOST = 6;

  private ByteVectors() {}

  /** How many steps make 1. */
  public static float scale(int dimension) {
    return (float) (Byte.MAX_VALUE * Math.sqrt(dimension) / MOST);
  }

  /** The bytes of a vector of unit length. */
  public static byte[] of(float[] vector) {
    float scale = scale(vector.length);
    byte[] bytes = new byte[vector.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.clamp(Math.round(vector[i] * scale), -Byte.MAX_VALUE, Byte.MAX_VALUE);
    }
    return bytes;
  }

  /** The cosine of two vectors, from −1 to 1 (rounding may lead a hair beyond). */
  public static float cosine(byte[] one, byte[] other) {
    if (one.length != other.length) {
      throw new IllegalArgumentException(
          "vectors of " + one.length + " and " + other.length + " dimensions");
    }
    int sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return ofDotProduct(sum, one.length);
  }

  /** The cosine whose dot product of bytes is this. */
  public static float ofDotProduct(float product, int dimension) {
    float scale = scale(dimension);
    return product / (scale * scale);
  }
}
