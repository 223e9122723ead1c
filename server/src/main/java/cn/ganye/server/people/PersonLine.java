package cn.ganye.server.people;

import java.util.UUID;

/** A person as a list shows them: masked. */
public record PersonLine(
    UUID ref,
    String name,
    int birthMonth,
    String sex,
    String hukou,
    String residence,
    String work,
    String relation,
    boolean deceased) {}
