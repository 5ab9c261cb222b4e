SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.birthday_groups (
    guild_id bigint NOT NULL,
    channel_id bigint,
    at time without time zone NOT NULL,
    zone character varying(64) NOT NULL,
    role_id bigint,
    late_days integer NOT NULL,
    digest character varying(16) NOT NULL,
    digest_from date,
    ages character varying(16) NOT NULL,
    face boolean NOT NULL,
    language character varying(8) NOT NULL
);
CREATE TABLE public.birthday_horizon (
    id bigint NOT NULL,
    through date NOT NULL
);
CREATE TABLE public.birthday_joiners (
    nonce character varying(25) NOT NULL,
    user_id bigint NOT NULL
);
CREATE TABLE public.birthday_messages (
    nonce character varying(25) NOT NULL,
    guild_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    digest character varying(32),
    day date NOT NULL,
    anchor bigint NOT NULL,
    claimed_at timestamp with time zone NOT NULL,
    held_until timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    error text,
    message_id bigint,
    sent_at timestamp with time zone
);
CREATE TABLE public.birthday_occurrences (
    guild_id bigint NOT NULL,
    user_id bigint NOT NULL,
    key character varying(16) NOT NULL,
    day date NOT NULL,
    due timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    nonce character varying(25)
);
CREATE TABLE public.birthday_roles (
    guild_id bigint NOT NULL,
    user_id bigint NOT NULL,
    key character varying(16) NOT NULL,
    role_id bigint NOT NULL,
    until timestamp with time zone NOT NULL,
    step character varying(8) NOT NULL,
    held_until timestamp with time zone NOT NULL,
    attempts integer NOT NULL
);
CREATE TABLE public.birthday_templates (
    guild_id bigint NOT NULL,
    "position" integer NOT NULL,
    text text NOT NULL
);
CREATE TABLE public.birthday_troubles (
    guild_id bigint NOT NULL,
    about character varying(8) NOT NULL,
    reason character varying(16) NOT NULL,
    attempts integer NOT NULL,
    retry_at timestamp with time zone NOT NULL,
    told boolean NOT NULL
);
CREATE TABLE public.birthdays (
    guild_id bigint NOT NULL,
    user_id bigint NOT NULL,
    name text NOT NULL,
    rule character varying(24) NOT NULL,
    year integer,
    hidden boolean NOT NULL,
    since date NOT NULL,
    left_at timestamp with time zone,
    checked_at timestamp with time zone NOT NULL
);
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.birthday_groups VALUES (1572808635187200010, 1572808635187200015, '09:00:00', 'Asia/Seoul', 1572808635187200017, 3, 'weekly', '2026-11-19', 'counting', true, 'ko');
INSERT INTO public.birthday_groups VALUES (1572808635233337348, 1572808635233337351, '10:00:00', 'Asia/Tokyo', NULL, 3, 'off', NULL, 'international', true, 'ko');
INSERT INTO public.birthday_groups VALUES (1572808635233337352, 1572808635233337355, '10:00:00', 'Asia/Tokyo', NULL, 3, 'off', NULL, 'international', true, 'ko');
INSERT INTO public.birthday_horizon VALUES (1, '2026-11-22');
INSERT INTO public.birthday_joiners VALUES ('6979939cdd9c77c8', 1572808635187200002);
INSERT INTO public.birthday_messages VALUES ('6979939cdd9c77c8', 1572808635187200010, 1572808635187200015, NULL, '2026-11-20', 0, '2026-11-20 00:00:01.211989+00', '2026-11-20 00:00:31.211989+00', 0, NULL, 1573125729997029376, '2026-11-20 00:00:01.295369+00');
INSERT INTO public.birthday_messages VALUES ('165196a6600d5509', 1572808635233337348, 1572808635233337351, NULL, '2026-11-20', 0, '2026-11-20 01:00:00.032987+00', '2026-11-20 01:00:30.032987+00', 0, NULL, NULL, NULL);
INSERT INTO public.birthday_messages VALUES ('ae046fd204d65a52', 1572808635233337352, 1572808635233337355, NULL, '2026-11-20', 0, '2026-11-20 01:00:00.067858+00', '2026-11-20 01:00:30.067858+00', 0, NULL, NULL, NULL);
INSERT INTO public.birthday_occurrences VALUES (1572808635187200010, 1572808635187200001, '2026', '2026-11-20', '2026-11-20 00:00:00+00', 'sent', '6979939cdd9c77c8');
INSERT INTO public.birthday_occurrences VALUES (1572808635187200010, 1572808635187200002, 'lunar-2026', '2026-11-21', '2026-11-21 00:00:00+00', 'planned', NULL);
INSERT INTO public.birthday_occurrences VALUES (1572808635233337348, 1572808635187200006, '2026', '2026-11-20', '2026-11-20 01:00:00+00', 'claimed', '165196a6600d5509');
INSERT INTO public.birthday_occurrences VALUES (1572808635233337352, 1572808635187200007, '2026', '2026-11-20', '2026-11-20 01:00:00+00', 'claimed', 'ae046fd204d65a52');
INSERT INTO public.birthday_occurrences VALUES (1572808635187200010, 1572808635187200003, '2026', '2026-11-22', '2026-11-22 00:00:00+00', 'planned', NULL);
INSERT INTO public.birthday_roles VALUES (1572808635187200010, 1572808635187200001, '2026', 1572808635187200017, '2026-11-20 15:00:00+00', 'given', '2026-11-20 00:00:02.367347+00', 0);
INSERT INTO public.birthday_templates VALUES (1572808635187200010, 0, '{이름:은/는} 오늘 주인공! {멘션} {나이} 축하해');
INSERT INTO public.birthdays VALUES (1572808635187200010, 1572808635187200001, '정훈', 'solar-11-20', 1999, false, '2026-11-19', NULL, '2026-11-20 00:00:01.191941+00');
INSERT INTO public.birthdays VALUES (1572808635187200010, 1572808635187200002, '다빈', 'lunar-10-13', NULL, false, '2026-11-19', NULL, '2026-11-19 03:00:01.833968+00');
INSERT INTO public.birthdays VALUES (1572808635187200010, 1572808635187200003, '현지', 'solar-11-22', NULL, false, '2026-11-19', NULL, '2026-11-19 03:00:01.862883+00');
INSERT INTO public.birthdays VALUES (1572808635187200010, 1572808635187200005, '태오', 'lunar-04-10-leap', NULL, false, '2026-11-19', NULL, '2026-11-19 03:00:01.887082+00');
INSERT INTO public.birthdays VALUES (1572808635187200010, 1572808635187200006, '서진', 'solar-07-07', 1998, true, '2026-11-19', NULL, '2026-11-19 03:00:01.907647+00');
INSERT INTO public.birthdays VALUES (1572808635187200010, 1572808635187200007, '하람', 'solar-12-31', NULL, false, '2026-11-19', NULL, '2026-11-19 03:00:01.928645+00');
INSERT INTO public.birthdays VALUES (1572808635187200010, 1572808635187200008, '은결', 'solar-11-25', 1998, false, '2026-11-19', NULL, '2026-11-19 03:00:01.950422+00');
INSERT INTO public.birthdays VALUES (1572808635187200010, 1572808635233337344, '소율', 'solar-03-15', NULL, false, '2026-11-19', NULL, '2026-11-19 03:00:01.973234+00');
INSERT INTO public.birthdays VALUES (1572808635187200010, 1572808635233337345, '가온', 'solar-04-15', NULL, false, '2026-11-19', NULL, '2026-11-19 03:00:01.99494+00');
INSERT INTO public.birthdays VALUES (1572808635187200010, 1572808635233337346, '이든', 'solar-11-30', NULL, false, '2026-11-19', NULL, '2026-11-19 03:00:03.357145+00');
INSERT INTO public.birthdays VALUES (1572808635187200010, 1572808635233337347, '바다', 'solar-06-15', NULL, false, '2026-11-19', NULL, '2026-11-19 03:00:02.036609+00');
INSERT INTO public.birthdays VALUES (1572808635187200010, 1572808635187200004, '민서', 'solar-02-29-mar-1', 2000, false, '2026-11-19', NULL, '2026-11-19 03:00:02.058494+00');
INSERT INTO public.birthdays VALUES (1572808635187200010, 1572808635187200000, '윤혜', 'solar-05-05', 1999, false, '2026-11-19', NULL, '2026-11-19 03:00:02.080463+00');
INSERT INTO public.birthdays VALUES (1572808635233337348, 1572808635187200006, '서진', 'solar-11-20', 2001, false, '2026-11-19', NULL, '2026-11-20 01:00:00.026134+00');
INSERT INTO public.birthdays VALUES (1572808635233337352, 1572808635187200007, '하람', 'solar-11-20', 2001, false, '2026-11-19', NULL, '2026-11-20 01:00:00.028809+00');
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.birthday_groups
    ADD CONSTRAINT pk_birthday_groups PRIMARY KEY (guild_id);
ALTER TABLE ONLY public.birthday_horizon
    ADD CONSTRAINT pk_birthday_horizon PRIMARY KEY (id);
ALTER TABLE ONLY public.birthday_joiners
    ADD CONSTRAINT pk_birthday_joiners PRIMARY KEY (nonce, user_id);
ALTER TABLE ONLY public.birthday_messages
    ADD CONSTRAINT pk_birthday_messages PRIMARY KEY (nonce);
ALTER TABLE ONLY public.birthday_occurrences
    ADD CONSTRAINT pk_birthday_occurrences PRIMARY KEY (guild_id, user_id, key);
ALTER TABLE ONLY public.birthday_roles
    ADD CONSTRAINT pk_birthday_roles PRIMARY KEY (guild_id, user_id, key);
ALTER TABLE ONLY public.birthday_templates
    ADD CONSTRAINT pk_birthday_templates PRIMARY KEY (guild_id, "position");
ALTER TABLE ONLY public.birthday_troubles
    ADD CONSTRAINT pk_birthday_troubles PRIMARY KEY (guild_id, about);
ALTER TABLE ONLY public.birthdays
    ADD CONSTRAINT pk_birthdays PRIMARY KEY (guild_id, user_id);
ALTER TABLE ONLY public.birthday_messages
    ADD CONSTRAINT uq_birthday_messages_guild_id_digest UNIQUE (guild_id, digest);
CREATE INDEX ix_birthday_messages_message_id ON public.birthday_messages USING btree (message_id);
CREATE INDEX ix_birthday_occurrences_nonce ON public.birthday_occurrences USING btree (nonce);
CREATE INDEX ix_birthday_occurrences_state_due ON public.birthday_occurrences USING btree (state, due);
CREATE INDEX ix_birthday_roles_held_until ON public.birthday_roles USING btree (held_until);
CREATE INDEX ix_birthdays_checked_at ON public.birthdays USING btree (checked_at);
CREATE INDEX ix_birthdays_rule ON public.birthdays USING btree (rule);
ALTER TABLE ONLY public.birthday_joiners
    ADD CONSTRAINT fk_birthday_joiners_nonce FOREIGN KEY (nonce) REFERENCES public.birthday_messages(nonce) ON DELETE CASCADE;
ALTER TABLE ONLY public.birthday_occurrences
    ADD CONSTRAINT fk_birthday_occurrences_nonce FOREIGN KEY (nonce) REFERENCES public.birthday_messages(nonce) ON DELETE SET NULL;
ALTER TABLE ONLY public.birthday_templates
    ADD CONSTRAINT fk_birthday_templates_guild_id FOREIGN KEY (guild_id) REFERENCES public.birthday_groups(guild_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.birthdays
    ADD CONSTRAINT fk_birthdays_guild_id FOREIGN KEY (guild_id) REFERENCES public.birthday_groups(guild_id) ON DELETE CASCADE;
