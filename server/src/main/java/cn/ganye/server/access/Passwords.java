package cn.ganye.server.access;

import java.security.SecureRandom;

/** Passwords made at random: twelve letters and digits that nobody mistakes for each other. */
public final class Passwords {
  private static final int LENGTH = 12;
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Passwords() {}

  /** A new one. */
  public static String random() {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      password.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return password.toString();
  }
}
