/* Judges a trade credential: verify BUNDLE ANCHOR TEXT
   cc -I.. verify.c -L. -ltradeid_verify -o verify */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tradeid_verify.h"

static tradeid_bytes read_file(const char *path) {
    tradeid_bytes bytes = {NULL, 0};
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        exit(74);
    }
    long length = ftell(file);
    rewind(file);
    uint8_t *data = malloc(length > 0 ? (size_t)length : 1);
    if (data == NULL || fread(data, 1, (size_t)length, file) != (size_t)length) {
        perror(path);
        exit(74);
    }
    fclose(file);
    bytes.data = data;
    bytes.length = (size_t)length;
    return bytes;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fputs("usage: verify BUNDLE ANCHOR TEXT\n", stderr);
        return 64;
    }

    tradeid_bytes anchor = read_file(argv[2]);
    tradeid_post *post;
    if (tradeid_post_open(read_file(argv[1]), &anchor, 1, 0, &post) < 0) {
        fputs("The anchor is no public P-256 key.\n", stderr);
        return 64;
    }

    tradeid_bytes text = {(const uint8_t *)argv[3], strlen(argv[3])};
    tradeid_bytes no_policy = {NULL, 0};
    char verdict[16384];
    int64_t length = tradeid_verify(post, text, (int64_t)time(NULL), no_policy, verdict, sizeof verdict);
    tradeid_post_close(post);
    if (length < 0 || (size_t)length >= sizeof verdict) {
        return 70;
    }

    puts(verdict);
    return strstr(verdict, "\"verdict\":\"accepted\"") != NULL ? 0 : 1;
}
