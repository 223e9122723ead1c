package cn.ganye.server.marts;

import java.util.UUID;

/** An enterprise as it is called outside the pool. */
public record Employer(UUID ref, String name) {}
