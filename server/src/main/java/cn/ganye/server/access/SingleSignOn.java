package cn.ganye.server.access;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * An OpenID Connect provider through which accounts may sign in. It says who somebody is; what they
 * may do is said by the account here that has their name: without one, nobody gets in.
 *
 * @param issuer its address, under which {@code /.well-known/openid-configuration} lies
 * @param claim the claim of the ID token that holds the account's name
 * @param title what the button on the sign-in page calls it
 * @param address of this app as browsers see it; empty to take it from each request
 */
public record SingleSignOn(
    String issuer,
    String clientId,
    String clientSecret,
    String claim,
    String title,
    String address) {
  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of("issuer", "client-id", "client-secret", "account-claim", "title", "address"));

  private static boolean othersMayRead(Path file) throws IOException {
    PosixFileAttributeView rights = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return rights != null
        && (rights.readAttributes().permissions().contains(PosixFilePermission.GROUP_READ)
            || rights.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ));
  }

  /**
   * Reads a properties file with the keys {@code issuer}, {@code client-id}, {@code client-secret},
   * and, if they are not to be as usual, {@code account-claim}, {@code title}, {@code address}.
   *
   * @throws IllegalArgumentException with all that is wrong with it
   */
  public static SingleSignOn read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      properties.load(text);
    }
    List<String> faults = new ArrayList<>();
    if (othersMayRead(file)) {
      faults.add("others than its owner may read it and its secret (chmod 600)");
    }
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      if (!KEYS.contains(key)) {
        faults.add("no key " + key + "; there are " + String.join(", ", KEYS));
      }
    }
    for (String key : List.of("issuer", "client-id", "client-secret")) {
      if (properties.getProperty(key, "").isBlank()) {
        faults.add(key + " is missing");
      }
    }
    for (String key : List.of("issuer", "address")) {
      String address = properties.getProperty(key, "");
      if (!address.isEmpty() && !secure(address)) {
        faults.add(key + " must begin with https:// (http:// for this machine only)");
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    return new SingleSignOn(
        properties.getProperty("issuer"),
        properties.getProperty("client-id"),
        properties.getProperty("client-secret"),
        properties.getProperty("account-claim", "preferred_username"),
        properties.getProperty("title", "统一身份认证"),
        properties.getProperty("address", ""));
  }

  private static boolean secure(String address) {
    try {
      URI uri = URI.create(address);
      return "https".equals(uri.getScheme())
          || "http".equals(uri.getScheme())
              && Set.of("localhost", "127.0.0.1").contains(String.valueOf(uri.getHost()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
