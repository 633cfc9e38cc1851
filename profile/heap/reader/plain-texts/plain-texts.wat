;; Reads texts, each with a comma after it, as V8 writes the strings of a snapshot, with no escapes but those of one letter. `npm run generate` makes
;; plain-texts-module.ts of it. What it does and why is said in plain-texts.ts.
;;
;; 16 bytes are copied at once, and looked at for what ends a text; what was copied behind that is written over by the next one.
(module
  ;; 262,144 bytes of file with 64 zeros behind them, then as many bytes of texts, then where each of these ends.
  (memory (export "memory") 14)

  ;; What each letter behind a backslash stands for, 0 where it is none: at 0xd5800, behind all else.
  (data (i32.const 0xd5822) "\22")
  (data (i32.const 0xd582f) "/")
  (data (i32.const 0xd585c) "\5c")
  (data (i32.const 0xd5862) "\08")
  (data (i32.const 0xd5866) "\0c")
  (data (i32.const 0xd586e) "\0a")
  (data (i32.const 0xd5872) "\0d")
  (data (i32.const 0xd5874) "\09")

  ;; Reads from the first byte of the memory up to anything but such a text, as the zeros behind all are. How many there are; behind the
  ;; last end stands where the next text would begin.
  (func (export "read") (param $texts i32) (param $ends i32) (result i32)
    (local $first i32)
    (local $at i32)
    (local $from i32)
    (local $begin i32)
    (local $to i32)
    (local $bytes v128)
    (local $odd i32)
    (local.set $first (local.get $ends))
    (local.set $begin (local.get $texts))
    (block $done
      (loop $next
        (br_if $done (i32.ne (i32.load8_u (local.get $at)) (i32.const 0x22)))
        (local.set $from (i32.add (local.get $at) (i32.const 1)))
        (local.set $to (local.get $begin))
        (loop $more
          (local.set $bytes (v128.load align=1 (local.get $from)))
          (v128.store align=1 (local.get $to) (local.get $bytes))
          ;; A quote, a backslash, or what must not stand in a text.
          (local.set $odd
            (i8x16.bitmask
              (v128.or
                (v128.or
                  (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x22)))
                  (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x5c))))
                (i8x16.lt_u (local.get $bytes) (i8x16.splat (i32.const 0x20))))))
          (if (i32.eqz (local.get $odd))
            (then
              (local.set $from (i32.add (local.get $from) (i32.const 16)))
              (local.set $to (i32.add (local.get $to) (i32.const 16)))
              (br $more)))
          (local.set $odd (i32.ctz (local.get $odd)))
          (local.set $from (i32.add (local.get $from) (local.get $odd)))
          (local.set $to (i32.add (local.get $to) (local.get $odd)))
          (if (i32.eq (i32.load8_u (local.get $from)) (i32.const 0x5c))
            (then
              (local.set $odd (i32.load8_u offset=0xd5800 (i32.load8_u offset=1 (local.get $from))))
              (br_if $done (i32.eqz (local.get $odd)))
              (i32.store8 (local.get $to) (local.get $odd))
              (local.set $from (i32.add (local.get $from) (i32.const 2)))
              (local.set $to (i32.add (local.get $to) (i32.const 1)))
              (br $more))))
        ;; A quote and a comma.
        (br_if $done (i32.ne (i32.load16_u align=1 (local.get $from)) (i32.const 0x2c22)))
        (local.set $begin (local.get $to))
        (i32.store (local.get $ends) (i32.sub (local.get $begin) (local.get $texts)))
        (local.set $ends (i32.add (local.get $ends) (i32.const 4)))
        (local.set $at
          (i32.add
            (i32.add (local.get $from) (i32.const 2))
            (i32.eq (i32.load8_u offset=2 (local.get $from)) (i32.const 0x0a))))
        (br $next)))
    (i32.store (local.get $ends) (local.get $at))
    (i32.shr_u (i32.sub (local.get $ends) (local.get $first)) (i32.const 2))))
